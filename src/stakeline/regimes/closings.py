"""What `calendars.toml` of a regime's folder may say of a calendar, and the days that follow from it, year by year.

Closed days come from three places, each named in the file: the holidays of a country or exchange as the `holidays` package
lists them, days written down as a rule (a day of every year, a day counted from Easter Sunday), and single days with a source.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, get_args

import msgspec

from stakeline.model.days import Weekend

_TAIL = re.compile(r" \([^()]*\)$")
_ESTIMATED = "estimated"
"""How the package marks a day that follows the moon or a decree not yet out; such a feast may fall a day earlier or later."""

Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
Status = Literal["closed", "unknown"]
Days = tuple[dict[date, str], dict[date, str]]
"""The closed days of a year and those whose status is not known."""


class _Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """since, until: first and last day for which an entry holds. status: "unknown" where it only says what may be closed."""

    since: date | None = None
    until: date | None = None
    status: Status = "closed"
    why: str = ""

    def holds(self, day: date) -> bool:
        """True where the entry speaks of that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Holidays(_Told, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days that the `holidays` package lists for a country (its code) or an exchange (its MIC).

    subdivisions: the union of these parts; none: the country as a whole. only, without: names as the package has them in
    English, without what it adds in brackets; none: all of them. eves: the day before may be closed too, which is not known.
    """

    country: str | None = None
    market: str | None = None
    subdivisions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ("public",)
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    eves: bool = False


class Yearly(_Told, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days that come every year: "12-24" = name, or counted from Easter Sunday of the western church: "-2" = "Good Friday"."""

    days: dict[str, str] = {}
    easter: dict[str, str] = {}


class Single(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One day. name: what closes it, or why it is in question; source: who says so."""

    day: date
    name: str
    source: str
    status: Literal["closed", "unknown", "open"] = "closed"


class Week(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version of the weekend, in names of days."""

    closed: tuple[Weekday, ...]
    unknown: tuple[Weekday, ...] = ()
    why: str = "not known"
    since: date | None = None
    until: date | None = None

    def weekend(self) -> Weekend:
        """The same as a noun."""
        return Weekend(
            closed=frozenset(map(get_args(Weekday).index, self.closed)),
            unknown=frozenset(map(get_args(Weekday).index, self.unknown)),
            why=self.why,
            since=self.since,
            until=self.until,
        )


class Storm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day on which a storm warning was in force, or may have been (status "unknown"). hours: local time, where known."""

    day: date
    kind: str
    name: str = ""
    hours: str = ""
    source: str
    confidence: Literal["high", "medium", "low"]
    status: Status = "closed"


class Storms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list of storm days. since, until: the days between which no storm day is missing, as far as we know.

    caveat: what to say of a day outside them.
    """

    since: date
    until: date
    caveat: str
    storm: tuple[Storm, ...]


class Calendar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One calendar as its file tells it.

    text: what the law counts. instrument, place, url: where the law says so. source: where our days come from. confidence:
    how sure we are of both. notes: what was compared and who is right. since, until: first and last day we know.
    weekend: versions, in order. storms: the file with its storm days, in the same folder.
    one_of: other calendars of which one applies and it is not known which: a day on which they differ is not known.
    places: which calendar applies at a place, where it is told: the chooser is the market (its MIC) or the home (a code).
    """

    text: str
    instrument: str
    place: str
    url: str | None = None
    source: str
    confidence: Literal["high", "medium", "low"]
    notes: str = ""
    since: date = date(2003, 1, 1)
    until: date = date(2027, 12, 31)
    weekend: tuple[Week, ...] = (Week(closed=("Saturday", "Sunday")),)
    holidays: tuple[Holidays, ...] = ()
    yearly: tuple[Yearly, ...] = ()
    days: tuple[Single, ...] = ()
    storms: str | None = None
    one_of: tuple[str, ...] = ()
    chosen_by: Literal["mic", "home"] | None = None
    places: dict[str, str] = {}


def days_of(calendar: Calendar, year: int, storms: Storms | None) -> Days:
    """The days of a year that a calendar's own entries close, and those that they leave in question.

    What closes a day for certain outweighs what may; a single day that is said to be open outweighs both.
    """
    closed: dict[date, str] = {}
    unknown: dict[date, str] = {}
    for told, day, name in _listed(calendar, year):
        _place(told, day, name, closed, unknown)
    for storm in storms.storm if storms else ():
        what = f"{storm.kind} warning" + (f" ({storm.name})" if storm.name else "")
        if storm.day.year == year:
            (closed if storm.status == "closed" else unknown).setdefault(storm.day, what)
    for single in calendar.days:
        if single.day.year == year:
            closed.pop(single.day, None)
            unknown.pop(single.day, None)
            if single.status != "open":
                (closed if single.status == "closed" else unknown)[single.day] = single.name
    return closed, {day: why for day, why in unknown.items() if day.year == year and day not in closed}


def _place(told: _Told, day: date, name: str, closed: dict[date, str], unknown: dict[date, str]) -> None:
    """Puts a day where its entry wants it; one that the package only estimates is in question, as are its neighbours."""
    if _ESTIMATED in name:
        for near in (-1, 0, 1):
            unknown.setdefault(day + timedelta(near), f"{name}: may fall a day earlier or later")
    elif told.status == "closed":
        closed[day] = name
    else:
        unknown[day] = f"{name}: {told.why}" if told.why else name
    if isinstance(told, Holidays) and told.eves:
        unknown[day - timedelta(1)] = f"{name}: whether its eve is closed was not found"


def _listed(calendar: Calendar, year: int) -> Iterator[tuple[_Told, date, str]]:
    for listed in calendar.holidays:
        for day, name in _package_days(listed, year):
            if listed.holds(day):
                yield listed, day, name
    for rule in calendar.yearly:
        for day, name in _rule_days(rule, year):
            if rule.holds(day):
                yield rule, day, name


def _rule_days(rule: Yearly, year: int) -> Iterator[tuple[date, str]]:
    for month_day, name in rule.days.items():
        yield date.fromisoformat(f"{year}-{month_day}"), name
    for offset, name in rule.easter.items():
        yield easter(year) + timedelta(int(offset)), name


def easter(year: int) -> date:
    """Easter Sunday of the western church, by the arithmetic of Meeus, Jones and Butcher."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, skipped = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _package_days(listed: Holidays, year: int) -> Iterator[tuple[date, str]]:
    """The days of one entry, each with those of its names that the entry means."""
    for part in listed.subdivisions or (None,):
        for day, names in _package_year(listed.country, listed.market, part, listed.categories, year).items():
            meant = [n for n in names.split("; ") if _meant(n, listed)]
            if meant:
                yield day, "; ".join(meant)


def _meant(name: str, listed: Holidays) -> bool:
    bare = _TAIL.sub("", name)
    return (not listed.only or bare in listed.only) and bare not in listed.without


@cache
def _package_year(
    country: str | None, market: str | None, part: str | None, categories: tuple[str, ...], year: int
) -> Mapping[date, str]:
    """One year as the package lists it, in English. Raises NotImplementedError for a name it does not know."""
    import holidays  # 30-100 ms, and only who asks for a calendar needs it

    asked: dict[str, Any] = {"subdiv": part, "years": year, "categories": categories, "expand": False}
    if market is not None:
        found: Mapping[date, str] = holidays.financial_holidays(market, language=_english(market), **asked)
    else:
        found = holidays.country_holidays(country or "", language=_english(country or ""), **asked)
    return {day: name for day, name in found.items() if day.year == year}


@cache
def _english(code: str) -> str | None:
    """The English that the package offers for a country or market; None where it speaks one language only."""
    import holidays

    makers = {**holidays.list_localized_countries(), **holidays.list_localized_financial()}
    spoken = makers.get(code, ())
    return next((tongue for tongue in ("en_US", "en_GB", "en_HK") if tongue in spoken), None)
