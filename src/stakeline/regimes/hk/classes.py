"""The class of shares that an issuer's name tells."""

import re
from functools import lru_cache

from stakeline.model.classes import share_class

_TAIL = re.compile(r".*\S\s+[-–—]\s*(\S.*(?:shares?|股))", re.IGNORECASE)


def class_in_name(issuer: str) -> str | None:
    """The class that an issuer's name on a register's page ends in: "H" for "Bank of X - H Shares".

    A lone letter says nothing: "- W" marks weighted voting and "- B" a young biotech company as well as a class.
    """
    match = _TAIL.fullmatch(" ".join(issuer.split()))
    return share_class(match[1]) if match else None


@lru_cache(maxsize=1024)
def told_class(told: str, issuer: str) -> str | None:
    """The class as a box or column tells it, else as the issuer's name does. Neither is longer than a name."""
    return share_class(told) or class_in_name(issuer)
