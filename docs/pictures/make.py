"""Draw docs/pictures/brief.svg: the top of the founding brief as a terminal shows it. Run with `make picture`."""

import io
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

from stakeline import Ledger, brief, load_documents
from stakeline.briefs import print_brief
from stakeline.cases import case

LINES = 64
# rich's own frame loads a font from elsewhere; this one takes what the reader's machine has.
FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" xml:space="preserve">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px;
line-height: {line_height}px; font-variant-east-asian: full-width; white-space: pre; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>{lines}</defs>
{chrome}<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def main() -> None:
    """Load the shipped case, print its brief on a recording console, keep the first lines."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.create(Path(folder) / "ledger")
        load_documents(ledger, case("sensetime"))
        told = brief(ledger, "SenseTime", known="2022-11-16T09:00")
    whole = Console(file=io.StringIO(), width=120, force_terminal=True, color_system="truecolor")
    print_brief(told, whole)
    text = whole.file.getvalue()  # type: ignore[attr-defined]
    from rich.text import Text

    picture = Console(file=io.StringIO(), width=120, record=True, force_terminal=True, color_system="truecolor")
    picture.print(Text.from_ansi("\n".join(text.splitlines()[:LINES])))
    svg = picture.export_svg(title="make demo", theme=SVG_EXPORT_THEME, code_format=FRAME, unique_id="stakeline")
    Path(__file__).with_name("brief.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
