"""Legacy schedules that are out to do harm: words of the form without end, markup that never closes. Contained and fast."""

import time

import pytest

from stakeline.model.documents import Document
from stakeline.regimes import us
from tests.us.made_13dg import person, schedule_13d, submission

SIZE = 400_000
FRONT = "NAMES OF REPORTING PERSONS\nRoe\n"
HARM = {
    "open tags": "<",
    "open comments": "<!--",
    "open styles": "<style",
    "symbols": "<font wingdings ",
    "entities": "&#x41;",
    "digits": "1",
    "lines of digits": "1\n",
    "names": "NAMES OF REPORTING PERSONS\n",
    "labels": "SOLE VOTING POWER\n",
    "items": "Item 4.\n",
    "days": "January 1, 2020 ",
    "captions": "(Name of Issuer)",
}
CELLS = {
    "footnotes": "AGGREGATE AMOUNT BENEFICIALLY OWNED\n5 " + "(a)" * (SIZE // 3) + "!",
    "stars": "AGGREGATE AMOUNT BENEFICIALLY OWNED\n5 " + "*" * 900 + "!",
    "brackets": "AGGREGATE AMOUNT BENEFICIALLY OWNED\n5 " + "(" * SIZE,
    "percents": "PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW (11)\n" + "5.2% - " * (SIZE // 7),
    "boxes": "CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP\n" + "(a) " * (SIZE // 4) + "\nSOLE VOTING POWER\n5",
    "sides": "NUMBER OF SHARES BENEFICIALLY " * (SIZE // 30) + "\nSOLE VOTING POWER 5",
}


def contained(body: str) -> None:
    start = time.process_time()
    found = us.read(Document(data=submission(body), name=""))
    assert time.process_time() - start < 2
    assert found is not None
    assert len(found.notices) + found.quarantined == found.inputs >= 1


@pytest.mark.parametrize("wrap", ["{}", "<html><body>{}</body></html>"], ids=["text", "html"])
@pytest.mark.parametrize("name", HARM)
def test_words_without_end(name: str, wrap: str) -> None:
    contained(wrap.format(HARM[name] * (SIZE // len(HARM[name]))))


@pytest.mark.parametrize("name", CELLS)
def test_rows_without_end(name: str) -> None:
    contained(FRONT + CELLS[name])


def test_a_document_that_is_too_large_is_quarantined() -> None:
    found = us.read(Document(data=submission("x" * 2_100_000), name=""))
    assert found is not None
    assert (found.notices, found.quarantined) == ((), 1)


def test_more_persons_than_any_form_has() -> None:
    found = us.read(Document(data=schedule_13d(person("Roe", "5", "5.0") * 600), name=""))
    assert found is not None
    assert (found.notices, found.quarantined) == ((), 1)


def test_a_hundred_persons_whose_sums_could_be_tried_for_ever() -> None:
    start = time.process_time()
    persons = [person(f"P{n}", str(10_000_019 + n * n * 7919), "5.0", sole="1") for n in range(100)]
    found = us.read(Document(data=schedule_13d(*persons), name=""))
    assert time.process_time() - start < 2
    assert found is not None
    assert found.notices[0].body.doubt is not None
