"""The judgement: a person's recorded word that two names are one holder, or are not.

Names alone join nothing. A judgement is a document like any other: loaded, archived, read again by `rebuild`. It is our
knowledge and no news: who is who holds at every moment, so it counts in every answer, whatever moment is asked about.
"""

import hashlib
from datetime import datetime
from enum import StrEnum

import msgspec

from stakeline.model.facts import Fact

PREFIX = "judge."
"""Judgements are facts with the measures judge.join, judge.split, judge.withdraw."""


class Verdict(StrEnum):
    """What is judged."""

    JOIN = "join"
    """Two names are one holder."""
    SPLIT = "split"
    """Two names are two holders, whatever facts or notices say."""
    WITHDRAW = "withdraw"
    """An earlier judgement has no effect any more."""


class Side(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of the two that a judgement speaks of: a name as told, in one issuer ("hk:00020") or wherever it is told."""

    name: str
    issuer: str | None = None


class Judgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One judgement.

    sides: the two names of a join or split, none of a withdrawal; withdraws: the id of what a withdrawal takes back.
    by, at, why: who judged, when (UTC), and the reason. All of it is text that nobody interprets.
    """

    verdict: Verdict
    sides: tuple[Side, ...] = ()
    withdraws: str | None = None
    by: str
    at: datetime
    why: str

    @property
    def id(self) -> str:
        """A short name made from the content: two judgements that say the same at the same moment are one."""
        return "j" + hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:12]

    @property
    def order(self) -> tuple[datetime, str]:
        """Of two judgements that contradict each other, the one of the later moment has the say; of one moment, by id."""
        return self.at, self.id


MEASURES = tuple(f"{PREFIX}{verdict}" for verdict in Verdict)


class _Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the text of a judgement's fact holds, as JSON."""

    sides: tuple[Side, ...] = ()
    withdraws: str | None = None


def fact_of(judgement: Judgement) -> Fact:
    """The judgement as a row for the ledger."""
    return Fact(
        subject=f"judgement:{judgement.id}",
        measure=f"{PREFIX}{judgement.verdict}",
        text=msgspec.json.encode(_Kept(judgement.sides, judgement.withdraws)).decode(),
        unit="text",
        known_from=judgement.at,
        known_basis="the moment of the judgement",
        cites=(judgement.by,),
        note=judgement.why,
    )


def judgement_of(fact: Fact) -> Judgement | None:
    """The judgement that a row keeps; None where the row is no judgement."""
    if fact.measure not in MEASURES or not (fact.text and fact.known_from and fact.cites and fact.note):
        return None
    kept = msgspec.json.decode(fact.text, type=_Kept)
    return Judgement(
        verdict=Verdict(fact.measure.removeprefix(PREFIX)),
        sides=kept.sides,
        withdraws=kept.withdraws,
        by=fact.cites[0],
        at=fact.known_from,
        why=fact.note,
    )
