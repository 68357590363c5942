"""The legal calendars of all regimes, by the id under which their rules count days ("HK_PARTXV", "US_FED").

Each stands in the `calendars.toml` of its regime's folder; a folder may have calendars and no reader. See `closings`.
"""

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise

import msgspec

from stakeline.model.days import BusinessDays, Caveat, Weekend
from stakeline.model.errors import UnknownName
from stakeline.model.law import Citation
from stakeline.regimes.closings import Calendar, Days, Storms, days_of

_FILE = "calendars.toml"
_A_DAY = timedelta(1)


def calendar(id: str, *, mic: str | None = None, home: str | None = None) -> BusinessDays:  # noqa: A002 - what it is
    """The calendar of an id.

    mic, home: the market (ISO 10383) and the home (ISO 3166, or a part of the country such as "NSW" or "ON"), where the law
    leaves the days to one of them. Where that place is not told, or we have no calendar of it, a day on which the calendars
    in question differ is not known. Raises UnknownName.
    """
    told = _told(id)
    place = {"mic": mic, "home": home, None: None}[told.chosen_by]
    return _built(told.places.get(place or "", id))


def calendar_ids() -> tuple[str, ...]:
    """The ids of all calendars, in order."""
    return tuple(sorted(_calendars()))


def source_of(code: str) -> tuple[str, str]:
    """Where the days of a calendar come from, and what was compared with them (our notes). Raises UnknownName."""
    told = _told(code)
    return told.source, told.notes


def _told(code: str) -> Calendar:
    found = _calendars().get(code)
    if found is None:
        raise UnknownName(f"no calendar {code!r}; there are: {', '.join(calendar_ids())}")
    return found[1]


@cache
def _calendars() -> dict[str, tuple[Traversable, Calendar]]:
    """Every calendar with the folder it stands in. Raises ValueError for a file that says what we do not know."""
    found: dict[str, tuple[Traversable, Calendar]] = {}
    for folder in sorted(files("stakeline.regimes").iterdir(), key=lambda entry: entry.name):
        file = folder.joinpath(_FILE)
        if not file.is_file():
            continue
        for name, told in read(file.read_text(encoding="utf-8"), f"{folder.name}/{_FILE}").items():
            if name in found:
                raise ValueError(f"{folder.name}/{_FILE}: {name} stands in another folder too")
            found[name] = folder, told
    return found


def read(text: str, where: str) -> dict[str, Calendar]:
    """The calendars of one file, by id. Raises ValueError for a key, value or weekend that is not understood, naming where."""
    try:
        told = msgspec.convert(tomllib.loads(text), dict[str, Calendar])
        for name, one in told.items():
            _check(name, one)
    except (ValueError, msgspec.ValidationError) as wrong:
        raise ValueError(f"{where}: {wrong}") from None
    return told


def _check(name: str, told: Calendar) -> None:
    """A calendar names its law and source, its weekends do not overlap, and it has days of its own or others to choose from."""
    if not (told.text and told.instrument and told.place and told.source):
        raise ValueError(f"{name}: text, instrument, place and source must say something")
    if (told.chosen_by is None) != (not told.places):
        raise ValueError(f"{name}: chosen_by and places belong together")
    if told.places and not told.one_of:
        raise ValueError(f"{name}: places need one_of for a place that is not told")
    for entry in told.holidays:
        if (entry.country is None) == (entry.market is None):
            raise ValueError(f"{name}: holidays are of a country or of a market")
    weeks = [week.weekend() for week in told.weekend]
    for one, after in pairwise(weeks):
        if one.until is None or after.since is None or one.until + _A_DAY != after.since:
            raise ValueError(f"{name}: one version of the weekend must begin on the day after the last one ended")


@cache
def _built(code: str) -> BusinessDays:
    folder, told = _calendars()[code]
    if told.one_of:
        return _one_of(code, told)
    storms = _storms(folder, told)

    @cache
    def days(year: int) -> Days:
        return days_of(told, year, storms)

    return BusinessDays(
        id=code,
        text=told.text,
        citation=_citation(told),
        since=told.since,
        until=told.until,
        weekends=tuple(week.weekend() for week in told.weekend),
        closed=lambda year: days(year)[0],
        unknown=lambda year: days(year)[1],
        caveats=() if storms is None else _caveats(storms),
    )


def _one_of(code: str, told: Calendar) -> BusinessDays:
    """A calendar of which only this is known: it is one of several. Where all agree, so does it."""
    several = [_built(one) for one in told.one_of]

    @cache
    def days(year: int) -> Days:
        closed: dict[date, str] = {}
        unknown: dict[date, str] = {}
        day = date(year, 1, 1)
        while day.year == year:
            found = {one.is_open(day) for one in several}
            if found == {False}:
                closed[day] = next(filter(None, (one.name_of(day) for one in several)))
            elif found != {True}:
                unknown[day] = _why(day, several, told)
            day += _A_DAY
        return closed, unknown

    return BusinessDays(
        id=code,
        text=told.text,
        citation=_citation(told),
        since=max(told.since, *(one.since for one in several)),
        until=min(told.until, *(one.until for one in several)),
        weekends=(Weekend(closed=frozenset()),),
        closed=lambda year: days(year)[0],
        unknown=lambda year: days(year)[1],
    )


def _why(day: date, several: Iterable[BusinessDays], told: Calendar) -> str:
    names = {name: one.id for one in several if (name := one.name_of(day))}
    shut = ", ".join(f"{name} in {of}" for name, of in list(names.items())[:3])
    depends = f"the {'market' if told.chosen_by == 'mic' else 'place'} is not known" if told.chosen_by else "unsettled"
    if not shut:
        return f"whether {day} is closed is not known in some calendars: {depends}"
    return f"{day} is closed in some calendars and not in others ({shut}): {depends}"


def _citation(told: Calendar) -> Citation:
    return Citation(instrument=told.instrument, place=told.place, url=told.url, confidence=told.confidence)


def _storms(folder: Traversable, told: Calendar) -> Storms | None:
    if told.storms is None:
        return None
    text = folder.joinpath(told.storms).read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Storms)


def _caveats(storms: Storms) -> tuple[Caveat, ...]:
    return (
        Caveat(text=storms.caveat, until=storms.since - _A_DAY),
        Caveat(text=storms.caveat, since=storms.until + _A_DAY),
    )
