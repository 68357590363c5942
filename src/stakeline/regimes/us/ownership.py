"""Forms 3, 4 and 5: what insiders hold and what they did, from the one XML layout of all three."""

from stakeline.model.notices import Footnote, Holder, Line, Notice, Signature, Status
from stakeline.model.problems import Problem
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us.elements import refused
from stakeline.regimes.us.layouts import Layout, Record
from stakeline.regimes.us.submissions import Header

MOST_LINES, MOST_HOLDERS, MOST_FOOTNOTES = 1_000, 100, 1_000
"""Rows that are read; the schema allows 30 in each table, 10 owners, 99 footnotes."""
_TYPES = {t: (t[:1], Status.AMENDMENT if t.endswith("/A") else Status.FILED) for n in "345" for t in (n, n + "/A")}
_ROLES = ("director", "officer", "10% owner")
_BOXES = ("noSecuritiesOwned", "notSubjectToSection16", "form3HoldingsReported", "form4TransactionsReported")
_ADDRESS = ("street1", "street2", "city", "state", "territory", "zip", "country")


def read(told: Record, form: Layout, header: Header | None, problems: list[Problem]) -> Reading:
    """The notice in an ownership document, from XML or from a data set's tables. told: its fields, by our names. form: its description.

    header: of the submission that it came in, None for a bare file.
    """
    kind = _TYPES.get(told.get("type", ""))
    if kind is None:
        why = f"not called {' or '.join(f.code for f in form.forms)}, so that its form cannot be told"
        return Reading(reader="us/ownership", problems=(*problems, refused(told.get("type", ""), why, "documentType")))
    wrong = _unusable(told)
    if wrong is not None:
        return Reading(reader=f"us/{kind[0]}", problems=(*problems, wrong))
    notice = _notice(told, *kind, header)
    return Reading(reader=f"us/{kind[0]}", notices=(Read(notice),), problems=tuple(problems))


def _unusable(told: Record) -> Problem | None:
    """What leaves the document without an issuer or a holder, or with more than a form can have."""
    if "issuer_code" not in told:
        return refused("", "the issuer's CIK is not told: whose shares these are is not known", "issuer/issuerCik")
    holders = told.get("holders", ())
    if not holders or not all("name" in h or "code" in h for h in holders):
        return refused("", "a reporting person without a name and a CIK", "reportingOwner")
    for name, most in (("lines", MOST_LINES), ("holders", MOST_HOLDERS), ("footnotes", MOST_FOOTNOTES)):
        if len(told.get(name, ())) > most:
            return refused("", f"more than {most:,} {name}, which no such form has", "the document")
    return None


def _notice(told: Record, form: str, status: Status, header: Header | None) -> Notice:
    get = told.get
    first, *others = [_holder(h) for h in told["holders"]]
    signatures = tuple(Signature(**s) for s in get("signatures", ()))
    return Notice(
        regime="us",
        form=form,
        issuer_code=told["issuer_code"],
        issuer_name=get("issuer_name"),
        holder=first,
        joint=tuple(others),
        serial=header.accession if header else None,
        known_from=header.known_from if header else None,
        known_basis=header.known_basis if header else None,
        event_date=get("event_date"),
        signed_date=max((s.day for s in signatures if s.day), default=None),
        status=status,
        original_date=get("original_date"),
        symbol=get("symbol"),
        foreign_symbol=get("foreign_symbol"),
        lines=tuple([_line(line) for line in get("lines", ())]),
        footnotes=tuple([Footnote(id=f["id"], text=f.get("text", "")) for f in get("footnotes", ())]),
        plan=get("plan"),
        boxes=tuple([box for box in _BOXES if get(box)]),
        signatures=signatures,
        text=get("text"),
        schema=get("schema"),
    )


def _holder(told: Record) -> Holder:
    get = told.get
    roles = tuple([role for role in _ROLES if get(role)])
    return Holder(
        name=get("name") or f"CIK {told['code']}",
        code=get("code"),
        address=", ".join([told[part] for part in _ADDRESS if part in told]) or None,
        roles=(*roles, "other") if get("other relation") else roles,
        title=get("title"),
        other=get("other"),
    )


def _line(told: Record) -> Line:
    if "notes" in told:
        told["notes"] = tuple(told["notes"])
    return Line(**told)
