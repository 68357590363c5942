"""Changes of the right size whose words go the wrong way: the figure is wrong itself, and what it should say is told."""

from datetime import date

import pytest

from stakeline.model.claims import Ruling
from stakeline.workflows import checking
from stakeline.workflows.articles import Source


def _findings(text: str) -> tuple[Ruling, ...]:
    source = Source(name="article", text=text, plain=text, kind="text")
    report = checking.check_source(source, checking.Asked(on=date(2024, 5, 14)))
    return tuple(r for r in report.rulings if r.finding)


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("Corrie Glass shares rose 8.0% on Tuesday, ending at $46.00 from $50.00 the day before.", "8.0%", "fell 8.0%"),
        ("岱山服飾昨日收報6.28元,較前收市價6.70元上升6.3%。", "6.3%", "下跌6.3%"),
        ("岱山服飾全年收入按年下跌12.0%至11.2億元,上年同期為10億元。", "12.0%", "增加12.0%"),
    ],
)
def test_the_direction_is_corrected(text: str, wrong: str, right: str) -> None:
    (finding,) = _findings(text)
    assert (finding.claim.found.text, finding.correction) == (wrong, right)


@pytest.mark.parametrize(
    "text",
    [
        "Corrie Glass shares fell 8.0% on Tuesday, ending at $46.00 from $50.00 the day before.",
        "Corrie Glass gained 7.2 per cent, or 40p, to 598p.",  # 40p is a step, no level
        "Orders came to HK$1.4 billion after HK$1.5 billion, up 3% at constant rates.",  # too coarse to tell
        "岱山服飾收報6.28元,較前收市價6.70元下跌6.3%。",
    ],
)
def test_what_goes_its_way_is_left_alone(text: str) -> None:
    assert not _findings(text)
