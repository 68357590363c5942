"""Write the generated pages of the documentation from the data that the program runs on. Run with `make docs`.

`docs/hong-kong.md`: what is covered, inferred and unknown, with the tables of forms, codes and levels. A test compares the page with
what this writes.
"""

from collections.abc import Iterator
from pathlib import Path

from stakeline.model.law import Box, Code, Levels, Regime
from stakeline.regimes import regime

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
    return {"hong-kong.md": "\n".join(_page(regime("hk"))) + "\n"}


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


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
