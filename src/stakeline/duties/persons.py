"""Whose holdings count: the investor's own, and those that the rule attributes to the investor through related persons."""

from datetime import date

import msgspec

from stakeline.duties.worlds import World
from stakeline.model.rules import Attribution, Rule, Test
from stakeline.model.situations import Related, Situation, exact


class Persons(msgspec.Struct, frozen=True):
    """The holders that count on a day. total: the group whose lines are totals and take the place of all others.

    instead: the group that reports in everyone's place where its own figure reaches the first level.
    why: for each person that counts or does not, the reason.
    """

    counted: tuple[str, ...]
    total: str | None = None
    instead: str | None = None
    why: tuple[tuple[str, str, str], ...] = ()


def persons(rule: Rule, asked: Situation, holding: frozenset[str], day: date, world: World) -> Persons:
    """Who counts under a rule on a day. holding: everyone who has positions.

    Raises Asked where a relation is not settled and the person, or someone behind it, has positions.
    """
    counted = [asked.investor.id]
    total = instead = None
    why: list[tuple[str, str, str]] = []
    for person in asked.related:
        if person.id in counted:
            continue
        chain = _chain(person, asked)
        if not any(r.id in holding for r in asked.related if person in _chain(r, asked)):
            continue
        shares = [_share(rule, link, day, world) for link in chain]
        if "none" in shares:
            why.append((person.id, f"not attributed ({person.relation})", _cited(rule, person)))
        elif "total" in shares:
            total = person.id
        elif "instead" in shares:
            instead = person.id
        else:
            counted.append(person.id)
            why.append((person.id, f"attributed in whole ({person.relation})", _cited(rule, person)))
    return Persons(tuple(counted), total, instead, tuple(why))


def _chain(person: Related, asked: Situation) -> list[Related]:
    """The links from the investor to the person, the person's own last."""
    chain = [person]
    while (of := chain[0].of) not in (None, asked.investor.id):
        above = next((r for r in asked.related if r.id == of and r not in chain), None)
        if above is None:
            break
        chain.insert(0, above)
    return chain


def _share(rule: Rule, person: Related, day: date, world: World) -> str:
    """How one link attributes: "whole", "none", "total" or "instead"."""
    if person.since is not None and day < person.since:
        return "none"
    how = rule.attribution.get(person.relation)
    if how is None:
        settled = world.holds(f"whether the holdings of a {person.relation} ({person.id}) count as the investor's own")
        return "whole" if settled else "none"
    if how.not_roles and set(how.not_roles) & set(person.roles):
        return "none"
    if person.relation == "corporation":
        return "whole" if _controlled(how, person, world) else "none"
    return how.share


def _controlled(how: Attribution, person: Related, world: World) -> bool:
    """Whether a corporation's holdings count: by its votes, or by acting on instructions where that is enough."""
    if how.accustomed and person.accustomed_to_act:
        return True
    if how.votes is not None and person.votes_pct is not None:
        # Acting on instructions, where nobody told of it, is taken as false, like a flag that is not listed.
        return Test.parse(how.votes).holds(exact(person.votes_pct))
    if how.votes is None and not how.accustomed:
        return how.share == "whole"
    return world.holds(f"the votes that its holder has in {person.id}")


def _cited(rule: Rule, person: Related) -> str:
    how = rule.attribution.get(person.relation)
    return how.citation if how else ""
