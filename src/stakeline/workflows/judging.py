"""Judgements on holders: recorded as documents of the ledger, listed, withdrawn; and pairs that somebody may judge."""

import getpass
from collections.abc import Sequence

import msgspec

from stakeline import registry
from stakeline.ledger import Ledger, Names
from stakeline.model.errors import AmbiguousName, UnknownName, UsageError
from stakeline.model.facts import Fact
from stakeline.model.judgements import MEASURES, Judgement, Side, Verdict
from stakeline.model.notices import HolderKind, Notice
from stakeline.model.problems import quote
from stakeline.model.rows import Row
from stakeline.model.stakes import Party
from stakeline.reading import judgements as documents
from stakeline.registry.candidates import Candidate, candidates, contradictions
from stakeline.registry.judgements import Ruling, recorded, rulings
from stakeline.registry.names import normal
from stakeline.workflows import knowledge
from stakeline.workflows.loading import load_documents
from stakeline.workflows.where import now


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement that was taken into the ledger. digest: the ledger's after it. against: what speaks against a join."""

    id: str
    judgement: Judgement
    digest: str
    against: tuple[str, ...] = ()


def facts(ledger: Ledger) -> list[Row[Fact]]:
    """Every judgement as a row, whatever moment is asked about: who is who is no news, it holds at every moment."""
    return ledger.facts(measures=MEASURES)


def listing(ledger: Ledger) -> tuple[Ruling, ...]:
    """Every judgement, the earliest first, and whether it has effect."""
    return rulings(recorded(facts(ledger)))


def judge(
    ledger: Ledger,
    verdict: Verdict,
    holders: tuple[str, str],
    *,
    why: str,
    by: str | None = None,
    issuers: Sequence[str] = (),
) -> Recorded:
    """Record that two holders are one (join) or two (split).

    holders: names as told, or enough of them. issuers: none, one for both, or one for each. by: who judges; the login
    name by default. Persons are judged within an issuer: one name may be two persons elsewhere.
    UnknownName, AmbiguousName, UsageError where a name is not to be found, not clear, or the judgement changes nothing.
    """
    names = ledger.names()
    subjects = tuple(registry.find(i, knowledge.issuers(names)).subject for i in issuers)
    if len(subjects) > 2:
        raise UsageError("name one issuer for both holders, or one for each of the two")
    one, other = (_told(name, names, ledger) for name in holders)
    if not subjects:
        subjects = _issuers(ledger, one, other)
    first, second = (subjects[0], subjects[-1]) if subjects else (None, None)
    sides = tuple(sorted((Side(one, first), Side(other, second)), key=lambda s: (s.name, s.issuer or "")))
    if normal(one) == normal(other) and first == second:
        raise UsageError(f"{quote(one)!r} and {quote(other)!r} are one name; holders are told apart by name here")
    same = {(normal(s.name), s.issuer) for s in sides}
    for ruling in listing(ledger):
        told = {(normal(s.name), s.issuer) for s in ruling.judgement.sides}
        if ruling.stands and not ruling.overruled_by and ruling.judgement.verdict is verdict and told == same:
            raise UsageError(f"so judged already by {ruling.id} ({quote(ruling.judgement.why)})")
    against = _against(ledger, sides, names) if verdict is Verdict.JOIN else ()
    return _record(ledger, Judgement(verdict=verdict, sides=sides, by=_who(by), at=now(), why=why.strip()), against)


def undo(ledger: Ledger, judgement_id: str, *, why: str, by: str | None = None) -> Recorded:
    """Record that a judgement has no effect any more. Undoing that one brings it back."""
    found = [r for r in listing(ledger) if r.id.startswith(judgement_id.strip())] if judgement_id.strip() else []
    if not found:
        raise UnknownName(f"no judgement {quote(judgement_id)!r}; `stakeline judge list` shows them all")
    if len(found) > 1:
        raise AmbiguousName(f"{quote(judgement_id)!r} fits {', '.join(r.id for r in found)}")
    if found[0].withdrawn_by:
        raise UsageError(f"{found[0].id} was withdrawn already, by {found[0].withdrawn_by}")
    told = Judgement(verdict=Verdict.WITHDRAW, withdraws=found[0].id, by=_who(by), at=now(), why=why.strip())
    return _record(ledger, told)


def pairs(ledger: Ledger, issuer: str | None = None) -> tuple[Candidate, ...]:
    """Holders that may be one, of an issuer or of the whole ledger, the likeliest first. Joins nothing."""
    names = ledger.names()
    subjects = None if issuer is None else {registry.find(issuer, knowledge.issuers(names)).subject}
    return candidates(ledger.notices(subjects=subjects), [*names.facts, *facts(ledger)])


def _against(ledger: Ledger, sides: Sequence[Side], names: Names) -> tuple[str, ...]:
    one, other = sides
    subjects = {s.issuer for s in sides if s.issuer} or {
        s for s, _, h, _ in names.told if normal(h) == normal(one.name)
    }
    return contradictions(ledger.notices(subjects=subjects), [*names.facts, *facts(ledger)], one.name, other.name)


def _record(ledger: Ledger, judgement: Judgement, against: tuple[str, ...] = ()) -> Recorded:
    try:
        documents.check(judgement)
    except ValueError as error:
        raise UsageError(str(error)) from error
    receipt = load_documents(ledger, [documents.document(judgement)])
    return Recorded(id=judgement.id, judgement=judgement, digest=receipt.digest, against=against)


def _who(by: str | None) -> str:
    """Who judges: as told, else the login name."""
    if by is not None:
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("who judges is not known here; say it with --by NAME") from error


def _told(name: str, names: Names, ledger: Ledger) -> str:
    """The one name told in the ledger that is meant: to the letter, else by `find` among the names, each for itself."""
    told = [holder for _, _, holder, _ in names.told]
    told += [f.body.text for f in names.facts if f.body.subject.startswith("holder:") and f.body.text]
    exact = [n for n in told if normal(n) == normal(name)]
    if exact:
        return min(exact)
    written = {n.body.holder.chinese for n in ledger.notices(holder_like=name)} - {None}
    for chinese in sorted(w for w in written if w):
        if normal(chinese) == normal(name):
            return chinese
    single = {normal(n): Party(key=normal(n), name=n) for n in sorted(told, reverse=True)}
    return registry.find(name, [single[key] for key in sorted(single)]).name


def _issuers(ledger: Ledger, one: str, other: str) -> tuple[str, ...]:
    """The issuer that a judgement on persons is of; none for corporations, which are one wherever they report."""
    told = [_notices(ledger, name) for name in (one, other)]
    if all(own and _corporate(own) for own in told):
        return ()
    subjects = sorted({n.subject for own in told for n in own})
    if len(subjects) == 1:
        return (subjects[0],)
    if not subjects:
        return ()
    raise UsageError(
        f"{quote(one)!r} and {quote(other)!r} report in several issuers ({', '.join(subjects[:5])}), and not both are "
        "known to be corporations: persons of one name may be two. Name the issuer with --issuer, or two for one each."
    )


def _notices(ledger: Ledger, name: str) -> list[Notice]:
    rows = ledger.notices(holder_like=name)
    return [
        r.body for r in rows if normal(name) in {normal(n) for n in (r.body.holder.name, r.body.holder.chinese) if n}
    ]


def _corporate(notices: Sequence[Notice]) -> bool:
    """True where some say that the holder is a corporation and none that it is a person."""
    kinds = {n.holder.kind for n in notices}
    return HolderKind.CORPORATION in kinds and HolderKind.INDIVIDUAL not in kinds
