"""Rules in words, for tables and pages: what the engine reads, told so that a lawyer can check it."""

from collections.abc import Iterable, Iterator

from stakeline.model.rules import (
    Acquired,
    Attribution,
    Deadline,
    Disregard,
    Exemption,
    Kind,
    Measure,
    Passive,
    Rule,
    SmallChange,
    Trigger,
    When,
    With,
)

_KEYS = {
    "type": "the person is",
    "roles": "has a role:",
    "not_roles": "has no role:",
    "filer": "filer type:",
    "system": "reporting system:",
    "purpose": "purpose:",
    "flags": "is a",
    "not_flags": "is no",
    "home": "home state:",
    "not_home": "home state is not:",
    "mic": "listed on",
    "market": "market:",
    "features": "the issuer is:",
    "not_features": "the issuer is not:",
    "events": "event:",
    "not_events": "event is not:",
    "period": "test date:",
    "counterparty": "counterparty:",
    "not_counterparty": "counterparty is not:",
    "route": "route:",
    "cause": "cause:",
    "not_cause": "cause is not:",
    "before": "before the event",
    "after": "after the event",
    "last": "last reported figure",
    "capacities": "every line is held as",
    "instruments": "a changed line is",
    "associated": "the issuer holds of the associated corporation",
    "filed_forms": "the last report was on",
    "asks": "not settled:",
    "settles_after": "delivery later, in trading days, than",
}
_SWITCHES = {
    "registered": ("the class is registered", "the class is not registered"),
    "voting": ("voting shares", "shares without votes"),
    "articles": ("the articles set thresholds", "the articles set no thresholds"),
    "in_offer": ("an offer period runs or begins", "no offer period"),
    "act": ("moved by an act of the holder", "moved without an act of the holder"),
    "material": ("a material change", "no material change"),
    "repudiated": ("the holder rejects the purchase", "the holder does not reject the purchase"),
    "acquired_under_it": ("something is acquired under the agreement", "nothing is acquired under the agreement"),
    "moved": ("the figure moved", "the figure stands still"),
    "rose": ("the figure rose", "the figure did not rise"),
    "fell": ("the figure fell", "the figure did not fall"),
    "held": ("something is held", "nothing is held"),
    "unissued": ("over unissued shares", "not over unissued shares"),
    "filed": ("a report was made before", "no report was made before"),
}
_PERIODS = {
    "day": "every day (midnight)",
    "base_date": "base dates",
    "month": "month ends",
    "quarter": "quarter ends",
    "year": "year ends",
}
_AGAINST = {
    None: "",
    "before": "",
    "report": ", compared with the last report",
    "test": ", compared with the last test day",
}
_PASSIVE = {
    Passive.COUNTS: "count",
    Passive.DOES_NOT: "do not count",
    Passive.LATER: "count with the holder's next act",
    Passive.UNSETTLED: "unsettled: the answer is unknown where it decides",
}
_SHARE = {
    "whole": "counted as the investor's own",
    "none": "not counted",
    "instead": "the group reports, with one figure for all",
    "total": "a total that takes the place of the investor's own",
}


def trigger_words(told: Trigger) -> str:
    """What makes the duty arise: "6% and every 1% above: reached or exceeded, or fallen below"."""
    words = _KINDS[told.kind](told)
    if told.events and told.kind not in (Kind.EVENT, Kind.STATUS, Kind.DEALING):
        words += f"; only by: {plain(told.events)}"
    if told.tested:
        words += f"; tested at: {', '.join(_PERIODS[period] for period in told.tested)}"
    if told.exact:
        words += f"; a figure exactly on a level: unknown, {told.exact}"
    return f"{words} [{told.citation}]" if told.citation else words


def measure_words(told: Measure | None) -> str:
    """What is measured, over what."""
    if told is None:
        return "nothing is measured: the duty rests on the event alone"
    words = f"{plain((told.leg,))}, over {told.denominator_text}"
    if told.currency:
        words = f"{plain((told.leg,))}: an amount in {told.currency}"
    if told.sum_of:
        words += f"; the sum of {plain(told.sum_of)}"
    if told.instruments:
        words += f"; counted: {plain(told.instruments)}"
    if told.own_potential:
        words += f"; own rights to new shares ({plain(told.potential)}) are added above and below the line"
    if told.within_days is not None:
        words += f"; rights exercisable later than {told.within_days} days are left out"
    if not told.by_class:
        words += "; all classes together"
    if told.companies != "issuer":
        words += {"associated": "; in each associated corporation", "bid": "; in the issuer and each offeror that pays in securities"}[
            told.companies
        ]  # fmt: skip
    return words + {"ignored": "; at the end of the day", "counts": "; figures within the day count", "unsettled": ""}[told.intraday]  # fmt: skip


def rounding_words(told: Rule) -> str:
    """What is done to a figure before it is compared."""
    if told.measure is None:
        return "none"
    if told.measure.floor:
        return f"down to a multiple of {told.measure.floor}% before comparing"
    if any(trigger.step for trigger in told.triggers):
        return "none: the exact figure is put to each level, which is the same as rounding down to levels"
    return "none: the exact figure"


def disregard_words(told: Disregard) -> str:
    """What does not enter the figure, and why."""
    return f"{told.why} [{told.citation}]"


def deadline_words(told: Deadline) -> str:
    """By when: "3 business days after the relevant event (HK_PARTXV)"."""
    if told.text:
        words = told.text
        if told.count is not None:
            words += f" ({_count(told)})"
    else:
        words = _count(told)
    if told.deemed is not None:
        words += f"; knowledge is taken after {told.deemed} {_unit(told, told.deemed)} at the latest"
    if told.roll:
        words += "; an end that is no business day moves to the next"
    if told.calendar:
        words += f"; calendar {told.calendar}"
    if told.unit == "day":
        words += "; which days the law means is not settled"
    return words


def cut_off_words(told: Deadline) -> str | None:
    """The time of that day."""
    return f"{told.time} ({told.zone})" if told.time and told.zone else told.time


def passive_words(told: Rule) -> str:
    """Whether a figure moved only by the denominator counts."""
    parts = [_PASSIVE[told.passive], *filter(None, (told.passive_text,))]
    return "; ".join(parts) + (f" [{told.passive_citation}]" if told.passive_citation else "")


def attribution_words(told: Attribution) -> str:
    """How a related person's holdings count."""
    tests = [f"{told.votes}% of the votes"] if told.votes else []
    tests += [
        "or accustomed to act on instructions" if tests else "accustomed to act on instructions"
    ] * told.accustomed
    words = _SHARE[told.share] + (f", where it has {' '.join(tests)}" if tests else "")
    if told.not_roles:
        words += f", not where the person is {plain(told.not_roles)}"
    sure = "" if told.confidence == "high" else f", {told.confidence} confidence"
    return f"{words} [{told.citation}{sure}]"


def when_words(told: When) -> str:
    """Conditions: "has a role: director or chief executive; voting shares"."""
    return "; ".join(_conditions(told))


def exemption_words(told: Exemption) -> str:
    """What frees of the duty; one that is told without conditions is for a reader to weigh."""
    words = told.text
    if told.unsettled:
        words += f"; unknown where it applies: {told.unsettled}"
    if told.when is None:
        words += " (not tested: for a reader to weigh)"
    return f"{words} [{told.citation}]" if told.citation else words


def plain(names: Iterable[str]) -> str:
    """Names of the vocabulary as words: "call long, put written"."""
    return ", ".join(str(name).replace("_", " ") for name in names)


def _conditions(told: When) -> Iterator[str]:
    for name in told.__struct_fields__:
        value = getattr(told, name)
        if value is None or value == ():
            continue
        match value:
            case bool():
                yield _SWITCHES[name][0 if value else 1]
            case SmallChange():
                yield f"the level is the same as or lower than in the last notice, which was of {plain(value.kinds)}, and the figure differs by less than {value.points} points"
            case Acquired():
                yield f"at most {value.at_most} points acquired within {value.months} months"
            case With():
                yield f"{plain((value.leg,))} {value.after}%"
            case tuple() if isinstance(value[0], When):
                either = [when_words(one) for one in value]
                yield f"{'not where' if name == 'unless' else 'where'} {' or '.join(f'({one})' for one in either)}"
            case tuple():
                yield f"{_KEYS[name]} {plain(value).replace(', ', ' or ')}"
            case str():
                yield f"{_KEYS[name]} {value}{'' if name == 'asks' else '%'}"
            case _:
                yield f"{_KEYS[name]} {value}"


def _levels(told: Trigger) -> str:
    parts = [f"{level}%" for level in told.levels]
    if told.first and told.step:
        parts.append(f"{told.first}% and every {told.step}% above{f', to {told.to}%' if told.to else ''}")
    elif told.first:
        parts.append(f"{told.first}%")
    if told.articles:
        parts.append(f"thresholds of the articles{f' (not below {told.least}%)' if told.least else ''}")
    return ", ".join(parts)


def _passed(told: Trigger) -> str:
    up = "reached or exceeded" if told.up == ">=" else "exceeded"
    down = "fallen below" if told.down == "<" else "fallen to or below"
    if told.reach:
        down = "fallen to or below"
    words = {"up": up, "down": down, "both": f"{up}, or {down}"}[told.direction]
    return words + ("; entering or leaving lists the first level alone" if told.first_alone else "")


def _by_levels(told: Trigger) -> str:
    return f"{_levels(told)}: {_passed(told)}{_AGAINST[told.against]}"


def _by_distance(told: Trigger) -> str:
    least = "at least" if told.comparator == ">=" else "more than"
    way = {"up": " up", "down": " down", "both": ""}[told.direction]
    since = {
        None: "last reported",
        "report": "last reported",
        "before": "last reported (none reported: before the event)",
        "test": "of the last test day",
    }[told.against]
    return f"a move of {least} {told.points} points{way} from the figure {since}"


def _by_change(told: Trigger) -> str:
    way = {"up": "rise", "down": "fall", "both": "change"}[told.direction]
    return f"any {way} of the figure{_AGAINST[told.against]}"


def _by_event(told: Trigger) -> str:
    return f"the event itself: {plain(told.events)}"


def _by_dealing(told: Trigger) -> str:
    least = "or more" if told.up == ">=" else "exceeded"
    by = f" ({plain(told.events)})" if told.events else ""
    return f"a dealing{by} by a person with {_levels(told)} {least}, before or after it"


def _by_status(told: Trigger) -> str:
    held = "held or more" if told.up == ">=" else "exceeded"
    return f"{_levels(told)} {held} when this happens: {plain(told.events)}"


def _by_material(told: Trigger) -> str:
    least = "or more" if told.comparator == ">=" else "exceeded"
    deemed = f"; {told.points} points {least} are deemed material" if told.points else ""
    return f"a material change of what was reported{deemed}"


def _by_amount(told: Trigger) -> str:
    least = "at least" if told.comparator == ">=" else "more than"
    at = {"month_end": " at a month end", "dealt": " dealt in sum", None: ""}[told.test]
    within = f" within the {told.window.replace('_', ' ')}" if told.window else ""
    return f"{least} {told.amount} {told.currency or ''}".rstrip() + f"{at}{within}"


def _by_disregard(_told: Trigger) -> str:
    return "no duty of its own: an exemption that other duties apply"


_KINDS = {
    Kind.LEVELS: _by_levels,
    Kind.DISTANCE: _by_distance,
    Kind.CHANGE: _by_change,
    Kind.EVENT: _by_event,
    Kind.DEALING: _by_dealing,
    Kind.STATUS: _by_status,
    Kind.MATERIAL: _by_material,
    Kind.AMOUNT: _by_amount,
    Kind.DISREGARD: _by_disregard,
}


def _count(told: Deadline) -> str:
    after = f"after {told.from_text}"
    if told.day_of_month is not None:
        return f"day {told.day_of_month} of the month {after}"
    if told.count is None:
        return told.from_text
    return f"{told.count} {_unit(told, told.count)} {after}" if told.count else f"on the day: {told.from_text}"


def _unit(told: Deadline, count: int) -> str:
    return f"{(told.unit or 'day').replace('_', ' ')}{'' if count == 1 else 's'}"
