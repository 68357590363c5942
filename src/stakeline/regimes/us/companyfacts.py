"""Two of EDGAR's JSON files: a company's facts (share counts from the covers of its reports), and who a filer is (its names).

Both are read for what a holding needs: of how many shares it is a part, and what its issuer was called. Everything else in them, the lists of
filings included, is left aside. The counts come without the class they are of: the file leaves out what is told by class.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec

from stakeline.model.facts import Fact
from stakeline.model.moments import end_of_day
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us.submissions import ZONE
from stakeline.regimes.us.values import cik

FACTS, FILER = "us/companyfacts", "us/submissions"
MOST_COUNTS = 10_000
_HEAD = 4_096
_KNOWN = "end of the day on which the report was filed, by EDGAR's company facts"
_BASIS = "common stock outstanding, on the cover of the report (dei:EntityCommonStockSharesOutstanding)"
_SEVERAL = "the report tells several counts for this day without their classes: which class it is of is not known"
_LARGEST = 10**15
_TICKERS = 20
_FORMER = 200


class _Count(msgspec.Struct, frozen=True):
    end: str
    val: msgspec.Raw
    accn: str
    filed: str
    form: str = ""


class _Units(msgspec.Struct, frozen=True):
    units: dict[str, list[_Count]]


class _Dei(msgspec.Struct, frozen=True):
    shares: _Units | None = msgspec.field(default=None, name="EntityCommonStockSharesOutstanding")


class _Taxonomies(msgspec.Struct, frozen=True):
    dei: _Dei | None = None


class _CompanyFacts(msgspec.Struct, frozen=True):
    cik: int | str
    facts: _Taxonomies
    entityName: str = ""  # noqa: N815 - as EDGAR writes it


class _Former(msgspec.Struct, frozen=True):
    name: str
    since: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class _Filer(msgspec.Struct, frozen=True):
    cik: int | str
    name: str
    tickers: list[str | None] = []
    formerNames: list[_Former] = []  # noqa: N815
    insiderTransactionForIssuerExists: int = 0  # noqa: N815


def recognise(data: bytes) -> bool:
    """True for one of the two files, by the keys that it begins with."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{") or b'"cik"' not in head:
        return False
    return b'"facts"' in head or b'"insiderTransactionForIssuerExists"' in head


def read(data: bytes) -> Reading:
    """The facts in such a file."""
    try:
        if b'"insiderTransactionForIssuerExists"' in data[:_HEAD]:
            return _filer(msgspec.json.decode(data, type=_Filer))
        return _company(msgspec.json.decode(data, type=_CompanyFacts))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        message = f"not EDGAR's JSON as we know it: {quote(str(error))}"
        return Reading(reader=FACTS, problems=(_problem(Severity.INPUT, "the document", "", message),))


def _company(told: _CompanyFacts) -> Reading:
    subject = _subject(told.cik)
    if subject is None:
        return Reading(reader=FACTS, problems=(_no_cik(told.cik),))
    reads: list[Read[Fact]] = []
    problems: list[Problem] = []
    if told.entityName.strip():
        reads.append(Read(_name(subject, told.entityName), "entityName"))
    shares = told.facts.dei.shares if told.facts.dei else None
    for unit, counts in (shares.units if shares else {}).items():
        where = f"facts/dei/EntityCommonStockSharesOutstanding/units/{quote(unit)}"
        if unit != "shares" or len(counts) > MOST_COUNTS:
            why = "counts in another unit than shares" if unit != "shares" else f"more than {MOST_COUNTS:,} counts"
            problems.append(_problem(Severity.INPUT, where, unit, why))
            continue
        several = _several(counts)
        for at, count in enumerate(counts):
            made = _shares(subject, count, f"{where}/{at}", several=(count.accn, count.end) in several)
            if isinstance(made, Problem):
                problems.append(made)
            else:
                reads.append(Read(made, f"{where}/{at}"))
    return Reading(reader=FACTS, facts=tuple(reads), problems=tuple(problems))


def _several(counts: list[_Count]) -> set[tuple[str, str]]:
    """Reports that tell more than one count for a day."""
    told: dict[tuple[str, str], set[bytes]] = defaultdict(set)
    for count in counts:
        told[count.accn, count.end].add(bytes(count.val))
    return {which for which, values in told.items() if len(values) > 1}


def _shares(subject: str, count: _Count, where: str, *, several: bool) -> Fact | Problem:
    day, filed = _day(count.end), _day(count.filed)
    number = _whole(bytes(count.val))
    if day is None or filed is None or number is None:
        why = "no count of shares with its day and the day of filing"
        found = f"{bytes(count.val).decode('utf-8', 'replace')} on {count.end}, filed {count.filed}"
        return _problem(Severity.INPUT, where, found, why)
    return Fact(
        subject=subject,
        measure="shares.issued",
        item=None if several else "all",
        period=day.isoformat(),
        number=Number(number),
        unit="shares",
        basis=_BASIS,
        known_from=end_of_day(filed, ZONE),
        known_basis=_KNOWN,
        cites=(f"Form {quote(count.form)}, {quote(count.accn)}",),
        doubt=_SEVERAL if several else None,
    )


def _filer(told: _Filer) -> Reading:
    """Names of a filer that is an issuer; of persons and funds, nothing here says whose they are."""
    subject = _subject(told.cik)
    if subject is None:
        return Reading(reader=FILER, problems=(_no_cik(told.cik),))
    if not told.tickers and not told.insiderTransactionForIssuerExists:
        note = _problem(
            Severity.NOTE, "tickers", told.name, "no issuer of shares: nothing was taken from its list of filings"
        )
        return Reading(reader=FILER, problems=(note,))
    former = sorted(told.formerNames[:_FORMER], key=lambda f: f.since or "")
    reads = [Read(_name(subject, told.name, since=former[-1].to if former else None), "name")]
    for one in former:
        place = f"formerNames/{told.formerNames.index(one)}"
        reads.append(Read(_name(subject, one.name, since=one.since, until=one.to), place))
    reads += [
        Read(_name(subject, ticker, item="short"), f"tickers/{at}")
        for at, ticker in enumerate(told.tickers[:_TICKERS])
        if ticker
    ]
    return Reading(reader=FILER, facts=tuple(reads))


def _name(
    subject: str,
    name: str,
    *,
    item: str = "en",
    since: str | None = None,
    until: str | None = None,
) -> Fact:
    days = [_day((told or "")[:10]) for told in (since, until)]
    period = "..".join(day.isoformat() if day else "" for day in days)
    return Fact(
        subject=subject,
        measure="name",
        item=item,
        period=None if period == ".." else period,
        text=" ".join(name.split()),
        unit="text",
        basis=f"name ({item})",
    )


def _subject(code: int | str) -> str | None:
    try:
        return f"us:{cik(str(code))}"
    except ValueError:
        return None


def _whole(text: bytes) -> Decimal | None:
    """A count of shares, exactly; a figure with a fraction of nothing ("31709747.0") is one, too."""
    try:
        number = Decimal(text.decode("ascii"))
    except (InvalidOperation, UnicodeDecodeError):
        return None
    if not number.is_finite() or not 0 <= number < _LARGEST or number != int(number):
        return None
    return Decimal(int(number))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _no_cik(code: object) -> Problem:
    return _problem(Severity.INPUT, "cik", str(code), "no CIK: whose facts these are is not known")


def _problem(severity: Severity, where: str, found: str, message: str) -> Problem:
    return Problem(severity=severity, where=where, found=quote(found), message=message)


def quoted(data: bytes, locator: str) -> str | None:
    """What stands at a place of such a file ("facts/dei/.../units/shares/3"), None where there is none."""
    try:
        found: object = msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError):
        return None
    for step in locator.split("/"):
        if isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        elif isinstance(found, dict) and step in found:
            found = found[step]
        else:
            return None
    return found if isinstance(found, str) else msgspec.json.encode(found).decode()
