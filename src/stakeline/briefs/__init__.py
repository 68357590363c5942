"""Briefs: an event and its context told in sentences of which every figure can be followed to its source."""

from stakeline.briefs.compose import compose
from stakeline.briefs.render_html import render_html
from stakeline.briefs.render_json import read_json, render_json
from stakeline.briefs.render_markdown import render_markdown
from stakeline.briefs.render_text import print_brief, render_text
from stakeline.briefs.why import explain, find_figure, tree

__all__ = [
    "compose",
    "explain",
    "find_figure",
    "print_brief",
    "read_json",
    "render_html",
    "render_json",
    "render_markdown",
    "render_text",
    "tree",
]
