"""Codes that a duty's form asks for, told by the event: each regime's `duty_codes.toml`, where it has one."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code of an event that makes a duty. direction: only where the figure moved that way."""

    duty: str
    event: str
    code: str
    direction: str | None = None


class DutyCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a regime tells. capacity: its code for each capacity of the vocabulary."""

    reason: tuple[Reason, ...] = ()
    capacity: dict[str, str] = {}

    def of(self, duty: str, event: str, direction: str) -> str | None:
        """The code for an event, None where the event alone does not tell it."""
        fits = (r.code for r in self.reason if (r.duty, r.event) == (duty, event) and r.direction in (None, direction))
        return next(fits, None)


@cache
def duty_codes(folder: str) -> DutyCodes:
    """The codes of a regime's folder; none where it tells none. Raises ValueError where the file is not understood."""
    file = files("stakeline.regimes").joinpath(folder, "duty_codes.toml")
    if not file.is_file():
        return DutyCodes()
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), DutyCodes)
