"""The shares that a bare number counts, a few words behind it."""

import re

_NOUN = re.compile(
    r"(?:[sS]hares?|stocks|ADSs?|ADRs?|units|stock options|options|warrants|securities|depositary receipts|voting rights|votes|GDRs|stapled securities)(?![A-Za-z])"
)
_WORD = re.compile(r"[ -](?:\([A-Z][A-Za-z.]{1,10}(?:: ?[A-Z0-9.]{1,8})?\)|[A-Za-z][A-Za-z&.'-]{0,24}|\"[A-Za-z]\")")
_OF = re.compile(r" of (?:its|his|her|their|the|such|those|these)(?: own)?(?![A-Za-z])")
STOP_WORDS = frozenset(
    (  # noqa: SIM905
        "of at for to in from by on as with and or but against after before when while which who that than worth the a "
        "an is was were are has had have he she it they each apiece about up down through via under over sold bought "
        "still since last this next more per between into did does will would could may might so if then not only "
        "later earlier compared versus of representing amid because during until percent per"
    ).split()
)
_COUNTED = frozenset(
    "companies firms investors deals banks funds people shareholders holders directors insiders transactions trades filings issuers brokers point points".split()  # noqa: SIM905
)
"""What is counted itself, whatever shares come after it: "13 companies completed share offerings"."""
_CLASS = re.compile(
    r"(?:(?:Class )?[A-Z]|ordinary|common|preferred|preference|treasury|American depositary|depositary|new|existing|non-voting|voting|restricted)(?= )",
    re.IGNORECASE,
)


def noun(text: str, at: int) -> str | None:
    """The word for shares within a few words behind a number, with the class in front of it."""
    of = _OF.match(text, at)
    at = of.end() if of is not None else at
    marked: int | None = None
    for _ in range(7):
        if at < len(text) and text[at] in " -":
            word = _NOUN.match(text, at + 1)
            if word is not None:
                return text[marked if marked is not None else at + 1 : word.end()]
            if _CLASS.match(text, at + 1):
                marked = at + 1 if marked is None else marked
        word = _WORD.match(text, at)
        if word is None or word[0][1:].lower() in STOP_WORDS | _COUNTED or word[0].endswith("."):
            return None
        at = word.end()
    return None
