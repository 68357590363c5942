"""Hong Kong's tables: the boxes of its forms and its codes, as the TOML files say; its levels, as its rulebook does."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from stakeline.model.law import Box, Code, Duty, Regime
from stakeline.model.notices import Leg
from stakeline.regimes.hk.serials import ZONE
from stakeline.regimes.levels import levels
from stakeline.regimes.rulebooks import rulebook

TOKENS = {Leg.LONG: "long", Leg.SHORT: "short", Leg.POOL: "pool"}
"""How a leg is written in a path: after.pool.percent."""
LINES = {"": Leg.LONG, "2": Leg.SHORT, "3": Leg.POOL}
"""The leg that an event line is for by the ending of its ids, where the line itself does not say."""
RULEBOOK = "hk_sfo_part_xv"
"""The law that its notices answer to."""
OLD = "-2003"
"""What the code of a form ends in that describes its layout from 1 April 2003 to 2 October 2017."""


class Field(msgspec.Struct, frozen=True):
    """One box of a form. where: how problems name its place ("#lblDIssued (box 4)").

    line: a column of the event box, column its name; ending: what its id ends in on this line.
    """

    path: str
    element: str
    kind: str
    where: str
    label: str
    codes: str | None = None
    line: bool = False
    required: bool = False
    ending: str = ""
    column: str = ""

    def on_line(self, ending: str) -> "Field":
        """The same column on another line of the event box."""
        where = self.where.replace(f"#{self.element}", f"#{self.element}{ending}")
        return msgspec.structs.replace(self, where=where, ending=ending)


class Form(msgspec.Struct, frozen=True):
    """What the reader needs of one form.

    elements: field by element id. fields: by path. required: those that every such page prints. of: the form's number
    as printed, the same in both layouts. read: False for a form whose elements are not known.
    """

    code: str
    name: str
    prefix: str | None
    of: str
    read: bool
    elements: dict[str, Field]
    fields: dict[str, Field]
    required: tuple[Field, ...]

    @property
    def old(self) -> bool:
        """True for the layout until 2017."""
        return self.code.endswith(OLD)

    @property
    def debentures(self) -> bool:
        """True for a form about debentures, not shares."""
        return "debentures.after" in self.fields

    @property
    def associated(self) -> bool:
        """True for a form about an associated corporation, not the listed company."""
        return "associated.name" in self.fields


class Tables(msgspec.Struct, frozen=True):
    """Everything official about Hong Kong. aside: element ids that are known and not read."""

    forms: dict[str, Form]
    aside: frozenset[str]
    codes: dict[tuple[str, str], Code]


@cache
def tables() -> Tables:
    """The tables, read once."""
    forms = _toml("forms.toml")
    _only(forms, "forms.toml", {"form", "box", "aside"})
    codes = _toml("codes.toml")
    _only(codes, "codes.toml", {"codes"})
    return Tables(
        forms={f["code"]: _form(f, forms["box"]) for f in forms["form"]},
        aside=frozenset(e for a in forms["aside"] for e in a["elements"]),
        codes={(c.table, c.code): c for c in map(_code, codes["codes"])},
    )


@cache
def regime() -> Regime:
    """Hong Kong, as the workers are told of it."""
    known = tables()
    forms = {f.code: {b.path: b for b in _boxes(f)} for f in known.forms.values() if f.read}
    return Regime(
        code="hk",
        name="Hong Kong: disclosure of interests (Part XV of the Securities and Futures Ordinance)",
        zone=ZONE,
        currency="HKD",
        forms=forms,
        codes=known.codes,
        levels=levels(rulebook(RULEBOOK), (TOKENS[Leg.LONG], TOKENS[Leg.SHORT])),
        code_width=5,
        # Directors notify every interest, whatever its size, and every change: their forms are 3A to 3D.
        duties=tuple(
            Duty(form=f.code, prefix=f.prefix, name=f.name.lower(), any_size=f.code.startswith("3"))
            for f in known.forms.values()
        ),
    )


def _boxes(form: Form) -> Iterator[Box]:
    """A form's boxes to cite by, one for each leg where the form has one."""
    for field in form.fields.values():
        number = field.where.partition("(box ")[2].rstrip(")") or None
        element = f"#{field.element}"
        if field.line:
            prefix, _, name = field.path.partition(".")
            for ending, leg in LINES.items():
                path = f"{prefix}.{TOKENS[leg]}.{name}"
                yield Box(path=path, element=element + ending, number=number, label=field.label)
            continue
        yield Box(path=field.path, element=element, number=number, label=field.label)
        if field.kind == "positions":
            for token in TOKENS.values():
                for name in ("shares", "percent"):
                    path = f"{field.path}.{token}.{name}"
                    yield Box(path=path, element=f"{element}, {token}, {name}", number=number, label=field.label)


def _form(entry: dict[str, Any], boxes: list[dict[str, Any]]) -> Form:
    _only(entry, "a form", {"code", "of", "name", "prefix", "read"})
    code, of = entry["code"], entry.get("of", entry["code"])
    layout = "2003" if of != code else "2017"
    fields: dict[str, Field] = {}
    elements: dict[str, Field] = {}
    for box in boxes:
        _only(
            box,
            "a box",
            {"path", "element", "elements", "label", "kind", "codes", "line", "required", "number", "forms", "layout"},
        )
        if of not in box["forms"] or box.get("layout", layout) != layout:
            continue
        field = _field(box, code, of)
        if field.path in fields:
            raise ValueError(f"form {code} has two boxes {field.path}")
        fields[field.path] = field
        elements.update(dict.fromkeys([box["element"], *box.get("elements", [])], field))
        if field.line:
            elements.update({field.element + e: field.on_line(e) for e in LINES})
    return Form(
        code=code,
        name=entry["name"],
        prefix=entry.get("prefix"),
        of=of,
        read=entry.get("read", True),
        elements=elements,
        fields=fields,
        required=tuple(f for f in fields.values() if f.required),
    )


def _field(box: dict[str, Any], form: str, of: str) -> Field:
    numbers = box.get("number", {})
    number = numbers.get(form, numbers.get(of))
    return Field(
        path=box["path"],
        element=box["element"],
        kind=box["kind"],
        where=f"#{box['element']}" + (f" (box {number})" if number else ""),
        label=box["label"],
        codes=box.get("codes"),
        line=box.get("line", False),
        required=box.get("required", False),
        column=box["path"].partition(".")[2],
    )


def _code(entry: dict[str, Any]) -> Code:
    return msgspec.convert(_known(entry, Code), Code)


def _known(entry: dict[str, Any], noun: type[msgspec.Struct]) -> dict[str, Any]:
    """The entry, if it has no key that the noun has not."""
    _only(entry, noun.__name__, set(noun.__struct_fields__))
    return entry


def _only(entry: dict[str, Any], what: str, keys: set[str]) -> None:
    unknown = set(entry) - keys
    if unknown:
        raise ValueError(f"{what} has unknown keys: {', '.join(sorted(unknown))}")


def _toml(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)
