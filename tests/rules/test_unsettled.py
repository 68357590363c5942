"""Questions on which our sources disagree or are silent: the answer is unknown, and what would settle it is named.

Cases with an answer stand in `cases/`; these have none.
"""

from typing import Any

import msgspec
import pytest

from stakeline.duties import assess
from stakeline.model.situations import Situation
from stakeline.regimes.rulebooks import rulebook
from stakeline.workflows.measuring import legal_days

DIRECTOR = {"id": "A", "roles": ["director"], "type": "individual"}
AGENT = {"id": "A", "flags": ["approved_lending_agent"], "type": "corporation"}
CALL = {"holder": "A", "instrument": "call_long"}
SHARES = {"holder": "A", "leg": "shares"}
FOREIGN = {"features": ["foreign_private_issuer"], "home_state": "CA"}


def pool(before: str, after: str) -> list[dict[str, str]]:
    days = (("2025-06-03", before), ("2025-06-04", after))
    return [{"date": day, "holder": "A", "leg": "lending_pool", "pct": pct} for day, pct in days]


@pytest.mark.parametrize(
    ("book", "given", "missing"),
    [
        (
            "hk_sfo_part_xv",
            {
                "investor": DIRECTOR,
                "positions": [
                    {"date": "2025-06-03", "holder": "A", "leg": "long", "pct": "0.4"},
                    {"date": "2025-06-04", "holder": "A", "instrument": "security_given", "pct": "0.3"},
                ],
                "event": {"type": "security_given", "date": "2025-06-04", "counterparty": "qualified_lender"},
            },
            "whether security to a qualified lender frees a director",
        ),
        *(
            (
                "hk_sfo_part_xv",
                {"investor": AGENT, "positions": pool(*figures), "event": {"type": "lending_pool_movement", "date": "2025-06-04"}},
                "whether a lending pool that reaches 5%, or falls below it",
            )
            for figures in (("4.6", "5.3"), ("5.3", "4.6"))
        ),
        (
            "us_section16",
            {
                "investor": DIRECTOR,
                "issuer": FOREIGN,
                "positions": [{"date": "2026-05-04", "shares": "100", **SHARES}, {"date": "2026-05-05", "shares": "50", **SHARES}],
                "event": {"type": "disposal", "date": "2026-05-05"},
            },
            "whether a named local regime asks",
        ),
        (
            "us_section16",
            {
                "investor": DIRECTOR,
                "positions": [{"date": "2026-05-04", "shares": "100", **CALL}, {"date": "2026-05-05", "shares": "0", **CALL}],
                "event": {"type": "derivative_ended", "date": "2026-05-05"},
            },
            "whether the derivative was closed out",
        ),
    ],
)  # fmt: skip
def test_it_is_unknown_and_says_why(book: str, given: dict[str, Any], missing: str) -> None:
    answer = assess(rulebook(book), msgspec.convert(given, Situation, strict=False), legal_days)
    assert answer.duty is None
    assert any(missing in what for what in answer.missing)
