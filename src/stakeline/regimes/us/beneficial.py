"""Schedules 13D and 13G as XML: who holds more than 5% of a class, and what for."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from stakeline.model.notices import (
    Absent,
    Amount,
    Cover,
    Holder,
    HolderKind,
    Item,
    Leg,
    Link,
    LinkKind,
    Notice,
    Position,
    Signature,
    Status,
)
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us.cusips import cusip
from stakeline.regimes.us.elements import refused
from stakeline.regimes.us.layouts import Layout, Record
from stakeline.regimes.us.one_position import combined, told_twice
from stakeline.regimes.us.submissions import Header
from stakeline.regimes.us.values import printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


MOST_PERSONS = 500
"""Reporting persons that are read; the schema allows 100."""
_MOST = {"persons": MOST_PERSONS, "signatures": 500, "cusips": 100, "rules": 20, "kinds": 50}
_TYPES = {
    f"SCHEDULE {form}{end}": (form, status)
    for form in ("13D", "13G")
    for end, status in (("", Status.FILED), ("/A", Status.AMENDMENT))
}
_BOXES = ("previouslyFiled", "fivePercentOrLess")
_ACCESSION = re.compile(r"[0-9]{10}-?[0-9]{2}-?[0-9]{6}")
_PLAIN = re.compile(r"([0-9][0-9,]{0,20}(?:\.[0-9]{1,6})?)\s*%?")


def read(told: Record, form: Layout, header: Header | None, problems: list[Problem]) -> Reading:
    """The notice in a Schedule 13D or 13G. told: its fields, by our names. form: its description.

    header: of the submission that it came in, None for a bare file.
    """
    kind = _TYPES.get(" ".join(told.get("type", "").upper().split()))
    if kind is None or kind[0] != form.forms[0].code:
        why = f"not called a {form.root} of this form, so that its form cannot be told"
        return Reading(reader="us/13DG", problems=(*problems, refused(told.get("type", ""), why, "submissionType")))
    wrong = _unusable(told)
    if wrong is not None:
        return Reading(reader=f"us/{kind[0]}", problems=(*problems, wrong))
    covers = tuple([_cover(p) for p in told["persons"]])
    notice, lead = joined(_fields(told, kind, header, problems), covers)
    problems.extend(told_twice(covers))
    problems.extend(_item_4(told, covers))
    return Reading(reader=f"us/{kind[0]}", notices=(Read(notice, f"cover page {lead + 1}"),), problems=tuple(problems))


def _unusable(told: Record) -> Problem | None:
    """What leaves the document without an issuer or a holder, or with more than a form can have."""
    if told.get("live", "LIVE").upper() == "TEST":
        return refused("TEST", "a test filing, which reports nothing", "headerData/filerInfo/liveTestFlag")
    if "issuer_code" not in told:
        return refused("", "the issuer's CIK is not told: whose shares these are is not known", "issuerInfo")
    persons = told.get("persons", ())
    if not persons or not all("name" in p or "code" in p for p in persons):
        return refused("", "a reporting person without a name and a CIK", "the cover pages")
    for name, most in _MOST.items():
        if len(told.get(name, ())) > most:
            return refused("", f"more than {most:,} {name}, which no such form has")
    return None


def joined(fields: Record, covers: "Sequence[Cover]") -> tuple[Notice, int]:
    """The notice of all reporting persons together, and the place of the one whose aggregate is the position.

    fields: of the notice, beside what the cover pages tell.
    """
    one = combined(covers)
    others = list(covers)
    lead = others.pop(one.lead)
    told = one.shares is not None or one.percent is not None
    notice = Notice(
        regime="us",
        holder=holder(lead),
        joint=tuple([holder(c) for c in others]),
        covers=tuple(covers),
        combined=one.words,
        doubt=one.doubt,
        after=(Position(leg=Leg.LONG, shares=one.shares, percent=one.percent),) if told else (),
        links=tuple([_link(c) for c in others]),
        **fields,
    )
    return notice, one.lead


def holder(cover: Cover) -> Holder:
    """The person of a cover page. IN among its types says that it is an individual, any other that it is none."""
    kind = HolderKind.INDIVIDUAL if "IN" in cover.types else HolderKind.CORPORATION if cover.types else None
    return Holder(name=cover.name, code=cover.code, kind=kind)


def _link(cover: Cover) -> Link:
    tells = cover.aggregate is not None or cover.percent is not None
    position = Position(leg=Leg.LONG, shares=cover.aggregate, percent=cover.percent)
    return Link(kind=LinkKind.JOINT, name=cover.name, positions=(position,) if tells else ())


def _fields(told: Record, kind: tuple[str, Status], header: Header | None, problems: list[Problem]) -> Record:
    """What the document tells beside its cover pages."""
    get = told.get
    form, status = kind
    signatures = tuple([Signature(**s) for s in get("signatures", ())])
    cusips = [cusip(number, "the CUSIP", problems) for number in get("cusips", ())]
    return {
        "form": form,
        "status": status,
        "issuer_code": told["issuer_code"],
        "issuer_name": get("issuer_name"),
        "share_class": get("title"),
        "serial": header.accession if header else None,
        "known_from": header.known_from if header else None,
        "known_basis": header.known_basis if header else None,
        "event_date": get("event_date"),
        "signed_date": max([s.day for s in signatures if s.day], default=None),
        "signatures": signatures,
        "amendment": _amendment(get("amendment"), status, problems),
        "previous": _previous(get("previous"), problems),
        "cusips": tuple(dict.fromkeys([c for c in cusips if c])),
        "items": tuple(_items(told)),
        "boxes": (*get("rules", ()), *[box for box in _BOXES if get(box)]),
        "schema": get("schema"),
    }


def _cover(told: Record) -> Cover:
    get = told.get
    return Cover(
        name=get("name") or f"CIK {told['code']}",
        code=get("code"),
        group=get("group"),
        funds=tuple(get("funds", ())),
        proceedings=get("proceedings"),
        citizenship=get("citizenship"),
        sole_vote=get("sole_vote"),
        shared_vote=get("shared_vote"),
        sole_dispose=get("sole_dispose"),
        shared_dispose=get("shared_dispose"),
        aggregate=get("aggregate"),
        excludes=get("excludes"),
        percent=get("percent"),
        types=tuple(get("types", ())),
        remark=get("remark"),
    )


def _items(told: Record) -> list[Item]:
    """The numbered items in the order of the document."""
    found: list[Item] = []
    for value in told.values():
        if value.__class__ is Item:
            found.append(value)
        elif value.__class__ is list and value[0].__class__ is Item:
            found += value
    return found


def _amendment(amount: Amount, status: Status, problems: list[Problem]) -> int | None:
    """The number of an amendment."""
    if isinstance(amount, Number) and amount.value == amount.value.to_integral_value() and amount.value < 1000:
        return int(amount.value)
    if status is Status.AMENDMENT and amount is not Absent.UNREADABLE:
        where, message = "coverPageHeader/amendmentNo", "an amendment without a number from 0 to 999"
        problems.append(Problem(severity=Severity.FIELD, where=where, found=quote(str(amount or "")), message=message))
    return None


def _previous(told: str | None, problems: list[Problem]) -> str | None:
    """The accession number that an amendment names; seen is that of the first statement, years ago, as well as the last."""
    if told is None:
        return None
    if _ACCESSION.fullmatch(told) is None:
        where, message = "headerData/previousAccessionNumber", "not an accession number like 0001127602-25-004598"
        problems.append(Problem(severity=Severity.FIELD, where=where, found=quote(told), message=message))
        return None
    plain = told.replace("-", "")
    return f"{plain[:10]}-{plain[10:12]}-{plain[12:]}"


def _item_4(told: Record, covers: "Sequence[Cover]") -> "Iterator[Problem]":
    """Where Item 4 of a 13G tells other figures than the cover page, of which there is one; its words are kept in any case."""
    if len(covers) != 1:
        return
    for item, amount in (("item 4(a)", covers[0].aggregate), ("item 4(b)", covers[0].percent)):
        found = _PLAIN.fullmatch(told[item].text) if item in told else None
        if found is None or not isinstance(amount, Number):
            continue
        other = Decimal(found[1].replace(",", ""))
        if other == amount.value or (amount.unit is not None and amount.span().meet(printed(other).span())):
            continue
        message = f"the cover page tells {amount.value:f} for the same; the cover page is taken"
        yield Problem(severity=Severity.NOTE, where=item, found=quote(found[0]), message=message)
