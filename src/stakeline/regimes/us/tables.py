"""What the other rooms are told of the United States: the boxes of its forms and its codes, as the TOML files say."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from stakeline.model.law import Box, Code, Duty, Regime
from stakeline.regimes.us import cover_places
from stakeline.regimes.us.layouts import Element, Layout, layout
from stakeline.regimes.us.submissions import ZONE
from stakeline.regimes.us.thresholds import thresholds

LAYOUTS = ("ownership", "proposed_sale", "schedule13d", "schedule13g")
CODE_WIDTH = 10
"""Digits of a CIK as EDGAR's files write it."""


@cache
def regime() -> Regime:
    """The United States, as the workers are told of it."""
    layouts = [layout(name) for name in LAYOUTS]
    return Regime(
        code="us",
        name="United States: ownership filings to the SEC (Securities Exchange Act, sections 13 and 16; Rule 144)",
        zone=ZONE,
        currency="USD",
        forms=_forms(layouts),
        codes={(c.table, c.code): c for c in _codes()},
        levels=thresholds(),
        code_width=CODE_WIDTH,
        duties=(
            *(Duty(form=f.code, name=f.duty, any_size=f.any_size) for told in layouts for f in told.forms),
            *cover_places.DUTIES,
        ),
    )


def _forms(layouts: list[Layout]) -> dict[str, dict[str, Box]]:
    """The boxes of each form."""
    found = {form.code: dict(_boxes(told)) for told in layouts for form in told.forms}
    for form, name in (("13D", "schedule13d"), ("13G", "schedule13g")):
        found[form] |= cover_places.schedule_boxes(name)
    return found | cover_places.legacy_boxes()


def _boxes(told: Layout) -> Iterator[tuple[str, Box]]:
    """A box for every element that is read, by the path of our names for it."""
    found: dict[str, Box] = {}
    for path, entry in told.elements.items():
        if not entry.label or entry.field is None:
            continue
        name, place = _named(told, path, entry)
        number = entry.number if isinstance(entry.number, str) else "".join(entry.number)
        label = f"{entry.label}, column {number}" if isinstance(entry.number, list) and number else entry.label
        found.setdefault(
            name,
            Box(
                path=name,
                element=place,
                number=number if isinstance(entry.number, str) and number else None,
                label=label,
            ),
        )
    yield from found.items()


def _named(told: Layout, path: str, entry: Element) -> tuple[str, str]:
    """Our path of a field, and how its place is written: of a row's cell, by its table and number: "Table I, row {n}, price"."""
    if isinstance(entry.rows, str):
        return f"{entry.rows}.{entry.field}", f"{path}[{{n}}]"
    above = path
    while (above := above.rpartition("/")[0]) and not isinstance(told.elements.get(above, Element()).rows, str):
        pass
    field = entry.field or ""
    if not above:
        return field, path
    row = told.elements[above]
    table = row.fixed.get("table")
    below = path.removeprefix(above + "/")
    if table:
        return f"{table}.{field}", f"Table {table}, row {{n}}, {below}"
    return f"{row.rows}.{field}", f"{above}[{{n}}]/{below}"


def _codes() -> tuple[Code, ...]:
    text = files(__package__).joinpath("codes.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["codes"], tuple[Code, ...], strict=True)
