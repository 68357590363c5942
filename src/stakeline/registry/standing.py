"""Which filings stand no more, why, and since when that could be known.

A remark ("Withdrawn on 20/07/2026") is read from a page that may be saved long after; the row it stands in is known since
the notice was filed, the remark is not. Since when it is known: of a withdrawal, the end of the day that the remark tells;
of "superseded by", the end of the day in the other notice's serial; of an amendment, when the amendment itself became
public. Where nothing tells it, the remark counts only where no moment is asked for, and else is named as a doubt.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from stakeline.model.law import Regime
from stakeline.model.moments import end_of_day
from stakeline.model.notices import Notice, Status
from stakeline.model.problems import quote
from stakeline.reading import values
from stakeline.registry.filings import Filing, serial_day

_DAY = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}/\d{4}(?!\d)|(?<!\d)\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")


class Retired(msgspec.Struct, frozen=True, kw_only=True):
    """Why a filing is no balance any more. status: WITHDRAWN or SUPERSEDED. by: the serials that stand in its place."""

    why: str
    status: Status
    by: tuple[str, ...] = ()
    day: date | None = None


class Standing(msgspec.Struct, frozen=True):
    """retired: filings that stand no more, by key. doubts: by key, of remarks that may not have been there yet."""

    retired: Mapping[str, Retired]
    doubts: Mapping[str, str]


def standing(found: Sequence[Filing], regime_of: Callable[[str], Regime], known: datetime | None) -> Standing:
    """What stands no more among filings, as known at a moment (None: as far as we know at all).

    A withdrawn notice is out, an amended or superseded one gives way to the last link of its chain. An amendment that is
    itself withdrawn does not bring back what it replaced: the register does not say that it does.
    """
    by_serial = {(f.subject, r.body.serial): f.key for f in found for r in f.reports if r.body.serial}
    withdrawn: dict[str, Retired] = {}
    successor: dict[str, tuple[str | None, Retired]] = {}
    doubts: dict[str, str] = {}
    for filing in sorted(found, key=lambda f: (f.day, f.id, f.key)):
        for body in (r.body for r in filing.reports):
            other = by_serial.get((filing.subject, body.related)) if body.related else None
            if body.status is Status.AMENDMENT and other:
                why = f"replaced by the amendment {quote(filing.id)}"
                by = Retired(why=why, status=Status.SUPERSEDED, by=(filing.id,))
                successor.setdefault(other, (filing.key, by))
            if body.status not in {Status.WITHDRAWN, Status.SUPERSEDED}:
                continue
            day = _since(body)
            if known is not None and day is None:
                doubts[filing.key] = _untold(body)
            elif known is None or (day is not None and end_of_day(day, regime_of(body.regime).zone) <= known):
                _retire(filing, body, other, day, withdrawn, successor)
    retired = dict(withdrawn)
    for key, (_, by) in successor.items():
        if not _circular(key, successor):
            retired.setdefault(key, by)
    return Standing(retired, doubts)


def _retire(
    filing: Filing,
    body: Notice,
    other: str | None,
    day: date | None,
    withdrawn: dict[str, Retired],
    successor: dict[str, tuple[str | None, Retired]],
) -> None:
    if body.status is Status.WITHDRAWN:
        words = "withdrawn" + (f": {_bare(body.remark)}" if body.remark else "")
        withdrawn[filing.key] = Retired(why=words, status=Status.WITHDRAWN, day=day)
    else:
        words = f"superseded by {quote(body.related) if body.related else 'another notice'}"
        by = (body.related,) if body.related else ()
        successor[filing.key] = other, Retired(why=words, status=Status.SUPERSEDED, by=by, day=day)


def _since(body: Notice) -> date | None:
    """The day from which a remark could be read, or None where nothing tells it."""
    if body.status is Status.SUPERSEDED:
        return serial_day(body.related)
    told = _DAY.search(body.remark or "")
    if told is None:
        return None
    day = values.day(told[0], "remark")
    return day if isinstance(day, date) else None


def _untold(body: Notice) -> str:
    words = f" ({_bare(body.remark)})" if body.remark else ""
    return (
        f"a remark says that it was {body.status.value}{words} and not since when:"
        " whether that was known at the moment asked cannot be told"
    )


def _bare(remark: str) -> str:
    return quote(remark.strip("() （）"))


def _circular(key: str, successor: Mapping[str, tuple[str | None, Retired]]) -> bool:
    """True where notices replace one another in a circle: then none of them is believed to be replaced."""
    seen = {key}
    following = successor[key][0]
    while following is not None and following in successor and following not in seen:
        seen.add(following)
        following = successor[following][0]
    return following == key
