"""`why`: the place where a figure was read, or its working down to such places."""

from stakeline.briefs.why import explain, find_figure
from stakeline.model.figures import Place, derive

from . import founding
from .test_briefs_compose import brief_of

HK = "Asia/Hong_Kong"


def test_a_figure_that_was_read_shows_its_place() -> None:
    moved = founding.entry(form="2").moved
    assert moved is not None
    told = explain(moved, lambda _: "80,000,000", zone=HK)
    assert told.splitlines() == [
        f"{moved.id}  80,000,000 shares · shares disposed of (8 November 2022)",
        "  read in box 17, CS20221111E00123.html",
        "    document abababababab, at lblDEvtShare",
        "    there it says: 80,000,000",
        "  public since the end of 11 November 2022 (Hong Kong)",
        "  confidence: high",
    ]


def test_a_place_that_cannot_be_shown_is_no_quotation() -> None:
    moved = founding.entry().moved
    assert moved is not None
    assert "there it says" not in explain(moved, lambda _: None)
    assert "RTHK, 14 November 2022" in explain(moved)


def test_a_working_goes_down_to_places() -> None:
    worth = founding.context().market_value
    assert worth is not None
    assert worth.converted is not None
    seen: list[Place] = []

    def quoted(place: Place) -> str:
        seen.append(place)
        return "as printed"

    told = explain(worth.converted, quoted, zone=HK)
    assert "computed: amount / rate" in told
    assert "├─ " in told
    assert "closing price x all shares in issue" in told
    assert "1.79 HKD · closing price (15 November 2022)" in told
    assert "doubt: one source" in told
    assert "the truth lies between 7.826795 and 7.82681" in told
    assert len(seen) == 3  # close, count, rate


def test_a_shared_input_is_explained_once() -> None:
    event = founding.event()
    after = event.crossings[1].after
    both = derive("twice the same", (after, after), after.bounds(), unit="pct", basis="test")
    told = explain(both)
    assert told.count(after.id) == 2
    assert told.count("(see above)") == 1


def test_hostile_documents_are_printed_flat() -> None:
    figure = founding.number("1", "shares", "basis\x1b[2J", place=("a\nb\u202e", "c\x00", "d"))
    told = explain(figure, lambda _: "x\x1b]0;owned\x07y")
    assert not any(not c.isprintable() for c in told if c != "\n")


def test_figures_are_found_by_id_in_print_and_below() -> None:
    brief = brief_of(founding.event())
    prior = founding.results().lines[-1].prior  # the adjusted loss of the year before stands in no sentence
    assert prior is not None
    assert find_figure(brief, prior.id.upper()) == prior
    assert find_figure(brief, "fzzzzzzzz") is None
