"""What was known: an event or context without the figures that became public later."""

from datetime import datetime
from typing import TypeVar

import msgspec

from stakeline.model.figures import Figure

S = TypeVar("S", bound=msgspec.Struct)


def as_known(noun: S, known: datetime) -> S | None:
    """The noun without the figures that were not public at that moment.

    A part that cannot be without such a figure (a crossing without its percentage) goes with it; None where that is the
    noun itself. A figure that does not tell since when it was public is kept: whoever handed it in vouches for it.
    """
    if isinstance(noun, Figure):
        return None if noun.known_from is not None and noun.known_from > known else noun
    changed: dict[str, object] = {}
    for field in msgspec.structs.fields(type(noun)):
        old = getattr(noun, field.name)
        new = _known(old, known)
        if new is old:
            continue
        if new is None and field.required:
            return None
        changed[field.name] = new
    return msgspec.structs.replace(noun, **changed) if changed else noun


def _known(value: object, known: datetime) -> object:
    if isinstance(value, msgspec.Struct):
        return as_known(value, known)
    if isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        kept = tuple(new for old in value if (new := as_known(old, known)) is not None)
        same = len(kept) == len(value) and all(new is old for new, old in zip(kept, value, strict=True))
        return value if same else kept
    return value
