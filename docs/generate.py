"""Write the generated pages of the documentation from the data that the program runs on. Run with `make docs`.

`docs/hong-kong.md`: what is covered, inferred and unknown, with the tables of forms, codes and levels. `docs/rules/`: a page for each
rulebook, and their list. A test compares the pages with what this writes.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from stakeline.model.law import Box, Code, Levels, Regime
from stakeline.model.rules import Rule, Rulebook
from stakeline.regimes import regime
from stakeline.regimes.rulebooks import rulebooks
from stakeline.workflows import rules

FOLDER = Path(__file__).parent
_TABLES = {
    "reason": "Reason codes",
    "capacity": "Capacity codes",
    "consideration": "Nature of consideration",
    "derivative": "Kinds of derivative",
    "trust_status": "Status in a trust",
    "controller_status": "Status of a controller",
}


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    books = rulebooks()
    found = {"hong-kong.md": _page(regime("hk")), "rules/README.md": _list(books)}
    found |= {f"rules/{book.code}.md": _rulebook(book) for book in books}
    return {name: "\n".join(lines) + "\n" for name, lines in found.items()}


def _page(told: Regime) -> Iterator[str]:
    yield f"# {told.name}"
    yield ""
    yield "Generated from the tables in `src/stakeline/regimes/hk/` (`make docs`). How each document is recognised and read, and what is"
    yield "inferred, stands in the [README of that folder](../src/stakeline/regimes/hk/README.md)."
    yield ""
    yield "## Levels"
    yield ""
    yield "| leg | notifiable from | levels | of | in force | reach | cease | change | exemption |"
    yield "|---|---|---|---|---|---|---|---|---|"
    yield from map(_levels, told.levels)
    yield ""
    yield "## Forms and lists"
    yield ""
    yield "A box without a number is cited by its element: its number on that form was not found."
    for form, boxes in told.forms.items():
        yield ""
        yield f"### {_form_name(form)}"
        yield ""
        yield "| field | read by | box | label |"
        yield "|---|---|---|---|"
        yield from (_box(box) for box in boxes.values())
    yield ""
    yield "## Codes"
    yield ""
    yield "Meanings are in our words; the Chinese is our own translation unless marked official. A code that needs the text gives no direction before"
    yield "the filer's explanation is read. Confidence says how well a meaning is known."
    names = dict.fromkeys([*_TABLES, *(table for table, _ in told.codes)])
    for table in names:
        codes = [c for (of, _), c in told.codes.items() if of == table]
        if codes:
            yield ""
            yield f"### {_TABLES.get(table, table)}"
            yield ""
            yield "| code | meaning | Chinese | direction | needs the text | confidence |"
            yield "|---|---|---|---|---|---|"
            yield from map(_code, codes)


def _form_name(form: str) -> str:
    return f"Form {form}" if form[0].isdigit() else f"`{form}`"


def _levels(v: Levels) -> str:
    until = f"{v.since} to {v.until}" if v.until else f"since {v.since}"
    exempt = (
        f"under {v.half_point:f} points ({v.half_point_citation.place})"
        if v.half_point and v.half_point_citation
        else ""
    )
    cites = " | ".join(f"{c.place} ({c.confidence or 'not graded'})" for c in (v.enter, v.cease, v.change))
    return f"| {v.leg} | {v.floor:f}% | every {v.step:f}%, rounded down | {v.base} | {until} | {cites} | {exempt} |"


def _box(box: Box) -> str:
    return f"| `{box.path}` | `{box.element}` | {box.number or ''} | {_cell(box.label)} |"


def _code(code: Code) -> str:
    chinese = (code.chinese or "") + (" (official)" if code.chinese and code.chinese_official else "")
    direction = code.direction.value if code.direction else ""
    return (
        f"| {code.code} | {_cell(code.meaning)} | {_cell(chinese)} | {direction} | {'yes' if code.needs_text else ''} "
        f"| {_cell(code.confidence)} |"
    )


def _list(books: tuple[Rulebook, ...]) -> Iterator[str]:
    duties = sum(len(book.duties()) for book in books)
    yield "# The rulebooks"
    yield ""
    yield f"{len(books)} rulebooks, {duties} duties; generated from `src/stakeline/regimes/*/rules/*.toml` (`make docs`). How to read and trust them:"
    yield "[the rulebook](../rules.md). Neither legal nor investment advice."
    yield ""
    yield "| rulebook | jurisdiction | duties | versions | open questions | as of |"
    yield "|---|---|---|---|---|---|"
    for book in books:
        questions = len(book.questions) + len({text for rule in book.rules for text in rule.open})
        yield (
            f"| [{_cell(book.title)}]({book.code}.md) | {book.jurisdiction} | {len(book.duties())} | {len(book.rules)} "
            f"| {questions} | {book.as_of} |"
        )


def _rulebook(book: Rulebook) -> Iterator[str]:
    yield f"# {book.title}"
    yield ""
    yield f"Generated from `src/stakeline/regimes/{book.folder}/rules/{book.code}.toml` (`make docs`); the law was followed to {book.as_of}. Neither legal nor"
    yield "investment advice. How to read and trust it: [the rulebook](../rules.md)."
    yield ""
    yield f"Law: {book.instrument}. Regulator: {book.regulator}."
    yield from _bullets("Terms", book.definitions)
    yield from _bullets("Where the facts do not say", rules.taken(book))
    yield from _bullets("Calendars", tuple(f"`{name}`: {text}" for name, text in book.calendars.items()))
    last = [book.versions(duty)[-1] for duty in book.duties()]
    yield ""
    yield "## Duties"
    yield ""
    yield "| duty | name | form | section | in force | confidence |"
    yield "|---|---|---|---|---|---|"
    for rule in last:
        first = book.versions(rule.id)[0]
        force = f"{first.since} to {rule.until}" if rule.until else f"since {first.since}"
        unsure = "" if first.start == "law" else f" ({rules.NOT_RESEARCHED})"
        cells = (rule.name, rule.form or "", rule.citation, f"{force}{unsure}", rule.confidence)
        yield f"| `{rule.id}` | {' | '.join(map(_cell, cells))} |"
    common = rules.common_attribution(last)
    for rule in last:
        yield from _duty(book, rule, common)
    yield from _bullets("Holdings of others", rules.attribution_lines(common))
    yield from _bullets("Open questions", book.questions)
    yield from _bullets("Sources", tuple(f"{s.id}: {s.title}, <{s.url}> (seen: {s.seen})" for s in book.sources))


def _duty(book: Rulebook, rule: Rule, common: rules.Shared) -> Iterator[str]:
    """One duty: its last version whole, and what was different before."""
    versions = book.versions(rule.id)
    told = rules.told(rule, common)
    yield ""
    yield f"### {rule.name}"
    yield ""
    yield f"`{rule.id}`, {told.citation}. Confidence: {told.confidence} ({told.evidence}; {', '.join(told.sources)})."
    yield ""
    yield "| | |"
    yield "|---|---|"
    rows = {
        "who": told.who,
        "tested": told.conditions,
        "trigger": told.triggers,
        "measure": told.measure,
        "left out": told.left_out,
        "rounding": told.rounding,
        "passive moves": told.passive,
        "deadline": told.deadline,
        "cut-off": told.cut_off,
        "form": told.form,
        "recipients": ", ".join(told.recipients),
        "differs": told.variants,
        "exempt": told.exemptions,
        "attribution": told.attribution,
        "consequences": told.consequences,
        "open": told.open,
    }
    for name, value in rows.items():
        text = value if isinstance(value, str) else "<br>".join(value or ())
        if text:
            yield f"| {name} | {_cell(text)} |"
    yield ""
    yield f"- {rules.earlier(versions).reason}"
    for one, other in pairwise(versions):
        yield f"- {one.since} to {one.until}{f', {one.version}' if one.version else ''}:"
        for field, before, _ in rules.differences(one, other):
            if field != "version":
                yield f"  - {field.replace('_', ' ')}: {before.replace(chr(10), '; ') or 'what is said now was not'}"
    tail = versions[-1]
    yield f"- since {tail.since}{f' to {tail.until}: {tail.ended}' if tail.until else ''}{f', {tail.version}' if tail.version else ''}: as above"


def _bullets(title: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"## {title}"
        yield ""
        yield from (f"- {line}" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_text(text, encoding="utf-8")
