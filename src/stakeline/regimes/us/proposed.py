"""Form 144: the notice that an affiliate is about to sell."""

import re

from stakeline.model.notices import Holder, Lot, Notice, Proposed, Sale, Signature, Status
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us.elements import refused
from stakeline.regimes.us.layouts import Layout, Record
from stakeline.regimes.us.submissions import Header

_MOST = {"sales": 400, "lots": 400, "past": 2_000, "roles": 50, "plans": 200}
"""Blocks that are read; the schema allows 40, 40, 200, 5 and 20."""
_TYPES = {"144": Status.FILED, "144/A": Status.AMENDMENT}
_ADDRESS = ("street1", "street2", "city", "state", "zip")
_ACCESSION = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}")


def read(told: Record, _form: Layout, header: Header | None, problems: list[Problem]) -> Reading:
    """The notice in a Form 144. told: its fields, by our names. header: of the submission that it came in, None for a bare file."""
    wrong = _unusable(told)
    if wrong is not None:
        return Reading(reader="us/144", problems=(*problems, wrong))
    notice = _notice(told, header, problems)
    return Reading(reader="us/144", notices=(Read(notice),), problems=tuple(problems))


def _unusable(told: Record) -> Problem | None:
    kind = told.get("type", "")
    if kind not in _TYPES:
        return refused(kind, "not called 144 or 144/A", "headerData/submissionType")
    if told.get("live", "LIVE").upper() == "TEST":
        return refused("TEST", "a test filing, which reports nothing", "headerData/filerInfo/liveTestFlag")
    if "issuer_code" not in told:
        return refused(
            "", "the issuer's CIK is not told: whose shares these are is not known", "formData/issuerInfo/issuerCik"
        )
    if "name" not in told and "filer" not in told:
        return refused("", "neither the person who sells nor the filer is told", "formData/issuerInfo")
    for name, most in _MOST.items():
        if len(told.get(name, ())) > most:
            return refused("", f"more than {most:,} {name}, which no such form has")
    return None


def _notice(told: Record, header: Header | None, problems: list[Problem]) -> Notice:
    get = told.get
    related = get("related")
    if related is not None and _ACCESSION.fullmatch(related) is None:
        where, message = "headerData/previousAccessionNumber", "not an accession number like 0001127602-25-004598"
        problems.append(Problem(severity=Severity.FIELD, where=where, found=quote(related), message=message))
        related = None
    signature = Signature(name=get("signature"), day=get("signed_date"))
    return Notice(
        regime="us",
        form="144",
        issuer_code=told["issuer_code"],
        issuer_name=get("issuer_name"),
        holder=Holder(
            name=get("name") or f"CIK {told['filer']}",
            code=get("filer"),
            roles=tuple(get("roles", ())),
        ),
        serial=header.accession if header else None,
        known_from=header.known_from if header else None,
        known_basis=header.known_basis if header else None,
        signed_date=get("signed_date"),
        status=_TYPES[told["type"]],
        related=related,
        text=get("text"),
        signatures=(signature,) if signature != Signature() else (),
        schema=get("schema"),
        proposed=Proposed(
            sales=tuple(Sale(**_addressed(s)) for s in get("sales", ())),
            lots=tuple(Lot(**lot) for lot in get("lots", ())),
            past=tuple(Sale(**_addressed(s)) for s in get("past", ())),
            none=get("none"),
            plans=tuple(get("plans", ())),
        ),
    )


def _addressed(told: Record) -> Record:
    """The record with the parts of its address as one text."""
    address = ", ".join(told.pop(part) for part in _ADDRESS if part in told)
    return told | {"address": address} if address else told
