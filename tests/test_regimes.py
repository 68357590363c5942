"""What every regime folder must do: one body of tests, run on each folder there is."""

import random
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.errors import UnknownName
from stakeline.model.law import Citation

CODES = [r.code for r in regimes.regimes()]


def test_hong_kong_is_there() -> None:
    assert "hk" in CODES


def test_an_unknown_regime_is_said() -> None:
    with pytest.raises(UnknownName, match="hk"):
        regimes.regime("atlantis")


@pytest.mark.parametrize("code", CODES)
class TestEveryRegime:
    def test_it_names_its_place(self, code: str) -> None:
        regime = regimes.regime(code)
        assert regime.code == code
        assert regime.name
        assert "/" in regime.zone
        assert len(regime.currency) == 3
        assert regimes.regime(code) is regime

    def test_forms_have_boxes_under_their_own_paths(self, code: str) -> None:
        regime = regimes.regime(code)
        assert regime.forms
        for form, boxes in regime.forms.items():
            assert boxes
            for path, box in boxes.items():
                assert box.path == path
                assert box.element
                assert box.label
                assert regimes.cite(code, form, path) is box
                assert regimes.cite(code, form, f"{path}.further") is box

    def test_codes_stand_under_their_own_names(self, code: str) -> None:
        for (table, number), entry in regimes.regime(code).codes.items():
            assert (entry.table, entry.code) == (table, number)
            assert entry.meaning
            assert entry.confidence

    def test_levels_are_cited_and_do_not_overlap(self, code: str) -> None:
        levels = regimes.regime(code).levels
        assert levels or code != "hk"
        for version in levels:
            for citation in (version.enter, version.cease, version.change):
                assert isinstance(citation, Citation)
                assert citation.instrument
                assert citation.place
            assert (version.half_point is None) == (version.half_point_citation is None)
            same = [v for v in levels if v.leg == version.leg and v.in_force(version.since)]
            assert same == [version]

    def test_it_explains_itself(self, code: str) -> None:
        readme = files(regimes).joinpath(code, "README.md").read_text(encoding="utf-8")
        assert "What is read" in readme
        assert "What is not read" in readme


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2_000))
def test_random_bytes_give_no_notices(data: bytes) -> None:
    reading = regimes.read(Document(data=data, name="noise"))
    assert reading is None or not reading.notices


def test_random_bytes_around_known_words_give_no_notices() -> None:
    dice = random.Random(7)
    words = [
        b"lblDStockCode",
        b"lblDSerialNo",
        b"grdPaging",
        b"lblSCStockCode",
        b"lblSCCorpName",
        b"<table id=",
        b"<td>",
        b">",
    ]
    for _ in range(300):
        parts = [dice.choice(words) if dice.random() < 0.5 else dice.randbytes(dice.randrange(30)) for _ in range(40)]
        reading = regimes.read(Document(data=b" ".join(parts), name="noise"))
        assert reading is None or not reading.notices


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"id,event_date\n1,2022-11-08\n", b"%PDF-1.7", b"\xff\xfe"])
def test_documents_of_no_regime_are_left_to_others(data: bytes) -> None:
    document = Document(data=data, name="x")
    assert regimes.read(document) is None
    assert regimes.quote(document, "#lblDIssued") is None
