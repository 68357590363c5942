"""Articles in which figures carry their kind: "sold {12 million|transaction.shares} shares at {HK$5|transaction.avg_price}".

Behind the kind may stand attributes: {7%|threshold.crossed direction=below holder=Elliott}.
"""

import re
from datetime import date

from stakeline.checks.figures import find
from stakeline.checks.verdicts import Checked, check_claims
from stakeline.model.claims import Claim, Ruling, Verdict

ON = date(2024, 6, 25)
_MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")


def read(marked: str, on: date = ON) -> tuple[str, list[Claim]]:
    """The text without marks, and the claims that the marks make of its figures."""
    text, at = "", 0
    spans = []
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2].split(" ")))
        text += match[1]
        at = match.end()
    text += marked[at:]
    found = find(text, on=on)
    claims = []
    for start, end, (kind, *attributes) in spans:
        figure = next((f for f in found if f.start < end and start < f.end), None)
        assert figure is not None, text[start:end]
        claims.append(Claim(found=figure, kind=kind, **dict(a.split("=") for a in attributes)))  # type: ignore[arg-type]
    return text, claims


def check(marked: str, on: date = ON) -> Checked:
    """A marked article, checked by itself."""
    text, claims = read(marked, on)
    return check_claims(text, claims, on=on)


def ruling(checked: Checked, text: str) -> Ruling:
    """The ruling on the first figure that reads so."""
    return next(r for r in checked.rulings if r.claim.found.text == text)


def of(checked: Checked, verdict: Verdict) -> list[str]:
    """The figures with a verdict, as printed."""
    return [r.claim.found.text for r in checked.rulings if r.verdict is verdict]
