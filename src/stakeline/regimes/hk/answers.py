"""Which duty of the law a notice answers to, and between which days it was filed: `answers.toml` and the serial number."""

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from stakeline.model.moments import day_at
from stakeline.model.notices import Notice, Status
from stakeline.model.punctual import Answering
from stakeline.regimes.hk.serials import ZONE, filed, is_old
from stakeline.regimes.hk.tables import RULEBOOK, regime

_CODES = re.compile(r"[0-9]{3,5}")
_BLANK = Answering(rulebook=RULEBOOK)


class _Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Notices of some forms and codes: the duties that they answer to, or why they answer to none.

    codes: how their reason codes begin; none: any code that no other entry of the form names, and no code.
    event: what makes the duty, where that decides the deadline.
    """

    forms: tuple[str, ...]
    codes: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    event: str | None = None
    none: str | None = None


def answers(notice: Notice) -> Answering:
    """What one document tells of the duty, the days and the filing of a notice."""
    first, last, why_filed = _filed(notice)
    duties, why = _duties(notice)
    return msgspec.structs.replace(
        _BLANK,
        duties=duties,
        why=why,
        event=notice.event_date,
        aware=notice.aware_date,
        asks_aware="aware_date" in regime().forms.get(notice.form, {}) and not notice.aware_open,
        first=first,
        last=last,
        why_filed=why_filed,
    )


def _duties(notice: Notice) -> tuple[tuple[tuple[str, str | None], ...], str | None]:
    """All that the notice may answer to, by its form and its codes."""
    form = regime().duty(notice.form, notice.serial)
    if form is None:
        return (), "which form it was filed on"
    if notice.status is Status.AMENDMENT:
        return (), f"when the notice was filed that it amends ({notice.related or 'not named'})"
    kinds = [kind for kind in _kinds() if form.form in kind.forms]
    codes = [code for trade in notice.trades for code in _CODES.findall(trade.code or "")]
    found = list(dict.fromkeys(kind for code in codes or [""] for kind in _of(kinds, code)))
    duties = dict.fromkeys((duty, kind.event) for kind in found for duty in kind.duties)
    why = next((kind.none for kind in found if kind.none), "which duty such a notice answers to")
    return tuple(duties), None if duties else why


def _of(kinds: Iterable[_Kind], code: str) -> list[_Kind]:
    """The kinds of notice that a code tells: those that name it best, else those of any code."""
    fits = [(len(c), kind) for kind in kinds for c in kind.codes if len(code) > 3 and code.startswith(c)]
    longest = max((length for length, _ in fits), default=0)
    return [kind for length, kind in fits if length == longest] or [kind for kind in kinds if not kind.codes]


@cache
def _kinds() -> tuple[_Kind, ...]:
    text = files(__package__).joinpath("answers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["notice"], tuple[_Kind, ...])


def _filed(notice: Notice) -> tuple[date | None, date | None, str | None]:
    """Between which days a notice was filed. The serials used until 2017 tell no more than a last day."""
    day = filed(notice.serial or "")
    if day is None or notice.known_from is None:
        by = day_at(notice.known_from, ZONE) if notice.known_from is not None else None
        return (
            None,
            by,
            "the day of filing: no serial number tells it"
            if day is None
            else "the day of filing: the one in the serial is not believed",
        )
    if is_old(notice.serial or ""):
        return (
            notice.signed_date,
            day,
            "the day of filing: the serials used until 2017 tell a day by which it was filed",
        )
    return day, day, None
