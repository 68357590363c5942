"""Whether the conditions of a rule hold. Each key of `When` has one test here; those that need the figure come last."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from stakeline.duties.history import acquired_little, changed_little, sold_late
from stakeline.duties.look import Look
from stakeline.duties.worlds import Missing, World
from stakeline.model.rules import Test, When, With
from stakeline.model.situations import PASSIVE, exact

_TYPES = ("individual", "corporation")
_FILERS = ("control", "qii", "passive", "exempt")
_SYSTEMS = ("jp_general", "jp_special", "ca_early_warning", "ca_alternative_monthly")
_PURPOSES = ("control", "general_investment", "simple_investment", "no_control")
_COUNTERPARTIES = ("approved_lending_agent", "qualified_lender", "other")


def holds(when: When, look: Look) -> bool:
    """Whether every condition holds. Raises Asked where a fact is missing that would settle it, and Missing."""
    for test, value in _stated(when):  # noqa: SIM110 - asked of every rule at every position, and a generator takes twice as long
        if not test(look, value):
            return False
    return True


def material(look: Look) -> bool:
    """Whether what was reported has changed materially. Where that is not told, a figure that stands still is no change."""
    told = look.event.material_change
    if told is not None:
        return told
    if look.rule.measure is None:
        return False
    last = look.reported()
    if look.after.percent == (look.before.percent if last is None else last):
        return False
    return look.world.holds("whether what was last reported has changed materially")


_Test = Callable[[Look, Any], bool]
_kept: dict[int, tuple[When, list[tuple[_Test, Any]]]] = {}


def _stated(when: When) -> list[tuple[_Test, Any]]:
    """The tests that a set of conditions asks for. Kept: a rulebook's conditions are asked of every position."""
    if (kept := _kept.get(id(when))) is not None:
        return kept[1]
    made = [(test, value) for key, test in _TESTS.items() if (value := getattr(when, key)) not in ((), None)]
    _kept[id(when)] = (when, made)  # the conditions are kept with it, so that no others get their identity
    return made


def chosen(world: World, what: str, options: tuple[str, ...]) -> str:
    """The value of a fact that is not told: each in turn, in its own world."""
    asked = (option for option in options[:-1] if world.holds(f"whether the {what} is {option.replace('_', ' ')}"))
    return next(asked, options[-1])


def _fact(told: Callable[[Look], str | None], default: str, options: tuple[str, ...], what: str) -> _Test:
    """The test of a fact that has few values: as told, or the rulebook's default, or asked."""

    def test(look: Look, values: tuple[str, ...]) -> bool:
        value = told(look) or look.case.book.told.defaults.get(default) or chosen(look.world, what, options)
        return value in values

    return test


def _counterparty(look: Look) -> str:
    return look.event.counterparty or chosen(look.world, "counterparty", _COUNTERPARTIES)


def _one_of(told: str | None, values: Iterable[str], what: str, world: World) -> bool:
    values = tuple(values)
    return told in values if told is not None else world.holds(f"whether the {what} is {_or(values)}")


def _or(values: tuple[str, ...]) -> str:
    """Gives "x", "one of x, y"."""
    return values[0] if len(values) == 1 else f"one of {', '.join(values)}"


def _at_home(look: Look, states: tuple[str, ...]) -> bool:
    told = look.asked.issuer.home_state or look.case.book.told.defaults.get("home_state")
    return _one_of(told, states, "home state of the issuer", look.world)


def _votes(look: Look) -> bool:
    told = look.asked.issuer.classes.get(look.share_class) if look.share_class is not None else None
    return told is None or told.voting


def _in_offer(look: Look) -> bool:
    began = look.asked.issuer.offer_period_began
    return look.event.type == "offer_period_begins" or (began is not None and began <= look.event.date)


def _market(look: Look) -> str | None:
    return look.asked.issuer.mic or look.case.book.told.defaults.get("mic")


def _by_articles(look: Look) -> bool:
    """Whether the articles set thresholds. Where they are not told it is asked, if the law says which they may set."""
    told = look.asked.issuer.articles_thresholds
    if told is None and any(trigger.articles and trigger.levels for trigger in look.rule.triggers):
        return look.world.holds("whether the issuer's articles set a threshold that is passed")
    return bool(told)


def _associated(look: Look, test: str) -> bool:
    company = next((c for c in look.asked.issuer.related if c.id == look.company), None)
    if company is None or company.relation != "associated_corporation":
        return False
    if company.held_by_issuer_pct is None:
        return True  # told as an associated corporation, without the percentage that makes it one
    return Test.parse(test).holds(exact(company.held_by_issuer_pct))


def _cause(look: Look) -> str:
    """Why the figure differs: as told; else "denominator" where everything held stands still."""
    if look.event.cause is not None:
        return look.event.cause
    if look.event.type in PASSIVE:
        return "denominator"
    if look.rule.measure is None:
        return "none"
    if look.after.size != look.before.size and not look.remade:
        return "denominator"
    return "acquisition" if look.after.size >= look.before.size else "disposal"


def _filed_as(look: Look, forms: tuple[str, ...]) -> bool:
    form = look.reports[-1].form if look.reports else None
    return form is not None and form.startswith(forms)


def _passes_last(look: Look, test: str) -> bool:
    between = look.reported_between()
    if between is None:
        return False
    low, high = (Test.parse(test).holds(end) for end in between)
    return low if low == high else look.world.holds(f"whether the percentage last reported was {test}")


def _capacities(look: Look, values: tuple[str, ...]) -> bool:
    held = {part.capacity for part in look.after.parts or look.before.parts}
    return bool(held) and held <= set(values)


def _with_leg(look: Look, other: With) -> bool:
    rules = look.case.book.told.rules
    measure = next((r.measure for r in rules if r.measure is not None and r.measure.leg == other.leg), None)
    if measure is None:
        raise Missing(f"how {other.leg} is measured")
    return Test.parse(other.after).holds(look.at((look.event.date, 2), measure).percent)


_TESTS: Final[dict[str, _Test]] = {
    "roles": lambda look, values: not set(values).isdisjoint(look.asked.investor.roles),
    "not_roles": lambda look, values: set(values).isdisjoint(look.asked.investor.roles),
    "flags": lambda look, values: not set(values).isdisjoint(look.asked.investor.flags),
    "not_flags": lambda look, values: set(values).isdisjoint(look.asked.investor.flags),
    "features": lambda look, values: not set(values).isdisjoint(look.asked.issuer.features),
    "not_features": lambda look, values: set(values).isdisjoint(look.asked.issuer.features),
    "events": lambda look, values: look.event.type in values,
    "not_events": lambda look, values: look.event.type not in values,
    "act": lambda look, value: look.act == value,
    "period": lambda look, values: look.event.period in values,
    "market": lambda look, values: look.asked.issuer.market in values,
    "registered": lambda look, value: look.asked.issuer.registered == value,
    "articles": lambda look, value: _by_articles(look) == value,
    "voting": lambda look, value: _votes(look) == value,
    "in_offer": lambda look, value: _in_offer(look) == value,
    "repudiated": lambda look, value: bool(look.event.repudiated) == value,
    "acquired_under_it": lambda look, value: bool(look.event.acquired_under_it) == value,
    "filed": lambda look, value: bool(look.reports) == value,
    "filed_forms": _filed_as,
    "type": _fact(lambda look: look.asked.investor.type, "type", _TYPES, "type of the investor"),
    "filer": _fact(lambda look: look.asked.investor.filer_type, "filer_type", _FILERS, "filer type"),
    "system": _fact(
        lambda look: look.asked.investor.reporting_system, "reporting_system", _SYSTEMS, "reporting system"
    ),
    "purpose": _fact(
        lambda look: look.event.purpose or look.asked.investor.purpose, "purpose", _PURPOSES, "purpose of the investor"
    ),
    "route": _fact(lambda look: look.event.route, "route", ("ipo", "form_10"), "route of the registration"),
    "counterparty": lambda look, values: _counterparty(look) in values,
    "not_counterparty": lambda look, values: _counterparty(look) not in values,
    "home": _at_home,
    "not_home": lambda look, states: not _at_home(look, states),
    "mic": lambda look, values: _one_of(_market(look), values, "market of the issuer", look.world),
    "associated": _associated,
    "settles_after": sold_late,
    "cause": lambda look, values: _cause(look) in values,
    "not_cause": lambda look, values: _cause(look) not in values,
    "before": lambda look, test: Test.parse(test).holds(look.before.percent),
    "after": lambda look, test: Test.parse(test).holds(look.after.percent),
    "last": _passes_last,
    "material": lambda look, value: material(look) == value,
    "moved": lambda look, value: look.moved == value,
    "rose": lambda look, value: (look.after.size > look.before.size) == value,
    "fell": lambda look, value: (look.after.size < look.before.size) == value,
    "held": lambda look, value: (look.after.size > 0) == value,
    "capacities": _capacities,
    "instruments": lambda look, values: any(line.instrument in values for line in look.changed()),
    "unissued": lambda look, value: any(line.unissued for line in look.changed()) == value,
    "asks": lambda look, question: look.world.holds(question),
    "small_change": changed_little,
    "acquired": acquired_little,
    "with_leg": _with_leg,
    "any_of": lambda look, sets: any(holds(one, look) for one in sets),
    "unless": lambda look, sets: not any(holds(one, look) for one in sets),
}
