"""The short names of events, which stay the same as long as what they rest on does."""

import hashlib
from base64 import b32encode
from collections.abc import Iterable

from stakeline.model.notices import Leg
from stakeline.model.stakes import Entry, EventKind, Party, Security


def named(
    kind: EventKind,
    party: Party,
    security: Security,
    leg: Leg,
    entry: Entry,
    rests_on: str,
    levels: Iterable[int] = (),
) -> str:
    """The name of an event. rests_on: the entries behind it; levels: those crossed."""
    who = party.key, security.subject, security.share_class or "", leg
    parts = [kind, *who, entry.day.isoformat(), rests_on, *map(str, levels)]
    return "e" + b32encode(hashlib.sha256("\x1f".join(parts).encode()).digest()[:5]).decode().lower()
