"""What filings that tell row by row mean: entries, balances, joint owners, amendments. Documents made by hand."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from stakeline import regimes, registry
from stakeline.model.law import Direction
from stakeline.model.notices import LinkKind, Notice, Status
from stakeline.model.rows import Row, Sighting, row_key
from stakeline.model.stakes import Entry, Timeline
from tests.us.made import form, holding, notice, option, owner, sale, submission


def rows(*documents: bytes) -> list[Row[Notice]]:
    return [
        Row(row_key(body), body, (Sighting(f"d{at}", "", f"{at}.xml"),))
        for at, body in enumerate(notice(d) for d in documents)
    ]


def timelines(*documents: bytes) -> Sequence[Timeline]:
    return registry.timelines(rows(*documents), [], regimes.regime, regimes.cite)


def entries(*documents: bytes) -> Sequence[Entry]:
    (one,) = timelines(*documents)
    return one.entries


def shares(entry: Entry) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Before, moved, after."""
    figures = (entry.before.shares, entry.moved, entry.after.shares)
    before, moved, after = (f.number if f is not None else None for f in figures)
    return before, moved, after


def test_an_exercise_is_no_purchase_and_the_sale_behind_it_is_one_sale() -> None:
    table = (
        sale("40200", "125.35", "48838", code="M", side="A")
        + sale("40200", "213.3049", "8638")
        + holding("20", "By Trust")
    )
    taken, sold = entries(form(table, option("40200", "0"), plan="1"))
    assert (taken.code, taken.direction, taken.price) == ("M", Direction.NEUTRAL, None)
    assert shares(taken) == (8658, 40200, 48858)
    assert (sold.code, sold.direction) == ("S", Direction.DISPOSE)
    assert shares(sold) == (48858, 40200, 8658)
    assert sold.price is not None
    assert (sold.price.number, sold.price.currency) == (Decimal("213.3049"), "USD")
    assert sold.price.places[0].locator == "Table I, row 2, transactionAmounts/transactionPricePerShare"
    assert sold.plan is True
    (part,) = sold.parts
    assert part.kind == "beside the shares"
    assert part.what == "Stock Option (Right to Buy) over Common Stock"


def test_tranches_of_a_day_are_added_and_their_price_is_weighted() -> None:
    (sold,) = entries(form(sale("100", "10", "900") + sale("300", "12", "600")))
    assert shares(sold) == (1000, 400, 600)
    assert sold.price is not None
    assert sold.price.number == Decimal("11.5")
    assert sold.price.formula == "shares x price of each row, added / shares of all rows"
    assert len(sold.price.inputs) == 4


def test_days_are_apart_and_in_order() -> None:
    first, last = entries(form(sale("100", "10", "900") + sale("300", "12", "600", day="2026-03-31")))
    assert (first.day, shares(first)) == (date(2026, 3, 30), (1000, 100, 900))
    assert (last.day, shares(last)) == (date(2026, 3, 31), (900, 300, 600))


def test_rows_listed_the_latest_first_end_in_the_same_balance() -> None:
    (sold,) = entries(form(sale("300", "12", "600") + sale("100", "10", "900")))
    assert shares(sold) == (1000, 400, 600)
    assert not sold.doubts


def test_two_trusts_of_the_same_words_are_two_ways_of_holding() -> None:
    (sold,) = entries(
        form(sale("100", "10", "900", nature="By Trust") + holding("50", "By Trust") + holding("7", "By Trust"))
    )
    assert shares(sold) == (1057, 100, 957)
    assert [(t.kind, t.name, t.shares and t.shares.number) for t in sold.through] == [
        (LinkKind.INDIRECT, "By Trust", 900),
        (LinkKind.INDIRECT, "By Trust", 50),
        (LinkKind.INDIRECT, "By Trust", 7),
    ]


def test_balances_that_do_not_follow_are_said() -> None:
    (sold,) = entries(form(sale("100", "10", "900") + sale("100", "10", "850")))
    assert "do not follow" in " ".join(sold.doubts)


def test_a_gift_and_a_grant_are_neither_sale_nor_purchase() -> None:
    (gift,) = entries(form(sale("61386", "0", "54666", code="G")))
    assert (gift.meaning, gift.direction, gift.price) == ("gift", Direction.NEUTRAL, None)
    (grant,) = entries(form("", option("500", "500", code="A", side="A")))
    assert grant.direction is Direction.NEUTRAL
    assert (grant.moved, grant.after.shares) == (None, None)
    assert grant.told == "of derivatives: Stock Option (Right to Buy)"


def test_a_purchase_of_derivatives_is_no_purchase_of_shares() -> None:
    (bought,) = entries(form("", option("500", "500", code="P", side="A")))
    assert bought.direction is Direction.NEUTRAL
    assert bought.moved is None


def test_an_equity_swap_is_no_plain_sale() -> None:
    swap = sale("5", "2", "3").replace("Involved>0<", "Involved>1<")
    (entry,) = entries(form(swap))
    assert entry.direction is Direction.UNKNOWN
    assert "an equity swap is involved: no plain purchase or sale" in entry.doubts


def test_a_price_in_a_footnote_is_not_known() -> None:
    (sold,) = entries(form(sale("5", '<footnoteId id="F1"/>', "3")))
    assert sold.price is None
    assert "the price in row 1 of Table I is not told, but for footnote F1" in sold.doubts
    assert [f.text for f in sold.footnotes] == ["Vested in three parts."]
    assert sold.footnotes[0].places[0].locator == "footnotes/footnote[1]"


def test_joint_owners_hold_one_position() -> None:
    both = owner() + owner("ROE HOLDINGS LLC", "7")
    turned = owner("ROE HOLDINGS LLC", "7") + owner()
    (told,) = timelines(
        form(sale("1", "2", "9"), owners=both), form(sale("2", "2", "7", day="2026-04-02"), owners=turned)
    )
    assert [shares(e)[2] for e in told.entries] == [9, 7]
    assert set(told.entries[0].seats) == {"ROE JANE", "ROE HOLDINGS LLC"}
    assert (told.entries[0].through[0].kind, told.entries[0].through[0].name) == (LinkKind.JOINT, "ROE HOLDINGS LLC")


def test_one_number_is_one_holder_and_two_numbers_are_two() -> None:
    one = form(sale("1", "2", "9"))
    other = form(sale("2", "2", "7", day="2026-04-02"), owners=owner("Roe, Jane A."))
    namesake = form(sale("5", "2", "3"), owners=owner("ROE JANE", "0009999999"))
    assert len(timelines(one, other)) == 1
    assert len(timelines(one, namesake)) == 2


def test_more_than_ten_owners_in_two_submissions_are_one_position() -> None:
    ten = "".join(owner(f"FUND {n}", str(n)) for n in range(1, 11))
    rest = "".join(owner(f"FUND {n}", str(n)) for n in range(11, 13))
    (told,) = timelines(form(sale("1", "2", "9"), owners=ten), form(sale("1", "2", "9"), owners=rest))
    (entry,) = told.entries
    assert len(entry.seats) == 12
    # Two directors who were granted the same are two.
    grant = sale("5", "0", "5", code="A", side="A")
    assert len(timelines(form(grant, owners=owner("ROE JANE", "1")), form(grant, owners=owner("DOE JOHN", "2")))) == 2


def test_a_report_without_any_day_is_named_as_undated() -> None:
    bare = form(holding("5"), period="", signed="")
    found = rows(bare)
    assert registry.undated(found, regimes.regime) == tuple(found)
    assert registry.timelines(found, [], regimes.regime, regimes.cite) == ()


def test_a_file_and_its_submission_are_one_filing() -> None:
    xml = form(sale("1", "2", "9"))
    (entry,) = entries(xml, submission(xml))
    assert entry.id == "0001000001-26-000001"
    assert entry.known_from is not None
    assert len(entries(submission(xml), submission(xml, accession="0001000001-26-000002"))) == 2


def _amendment(table: str, accepted: str = "20260405120000", accession: str = "0001000001-26-000009") -> bytes:
    more = "<dateOfOriginalSubmission>2026-04-01</dateOfOriginalSubmission>"
    return submission(form(table, kind="4/A", more=more, signed="2026-04-05"), accession=accession, accepted=accepted)


def test_an_amendment_stands_in_the_place_of_the_filing_of_the_day_that_it_names() -> None:
    original = submission(form(sale("193", "2", "9")))
    old, new = entries(original, _amendment(sale("49", "2", "9", day="2026-03-31")))
    assert (old.withdrawn, old.status, old.related) == (True, Status.SUPERSEDED, ("0001000001-26-000009",))
    assert (new.status, new.related) == (Status.AMENDMENT, ("0001000001-26-000001",))


def test_the_later_of_two_amendments_stands() -> None:
    original = submission(form(sale("193", "2", "9")))
    first = _amendment(sale("49", "2", "9"))
    second = _amendment(sale("50", "2", "9"), accepted="20260406120000", accession="0001000001-26-000010")
    found = {e.id: e.withdrawn for e in entries(original, first, second)}
    assert found == {"0001000001-26-000001": True, "0001000001-26-000009": True, "0001000001-26-000010": False}


def test_an_amendment_of_holdings_alone_leaves_the_transactions() -> None:
    found = entries(submission(form(sale("193", "2", "9"))), _amendment(holding("12")))
    assert not any(e.withdrawn for e in found)


def test_an_amendment_of_a_filing_that_we_do_not_have_says_so() -> None:
    (entry,) = entries(_amendment(sale("49", "2", "9")))
    assert "amends a filing of 2026-04-01: it is not known to us" in entry.doubts


def test_a_box_alone_is_told() -> None:
    (entry,) = entries(form(more="<notSubjectToSection16>1</notSubjectToSection16>"))
    assert entry.told == "no longer subject to the duty to report"
    assert not entry.after.told


def test_a_form_3_tells_a_balance() -> None:
    (entry,) = entries(form(holding("6125376", "See footnote"), kind="3"))
    assert entry.balance_only
    assert shares(entry) == (None, None, 6125376)


def test_what_moved_between_two_filings_is_bounded() -> None:
    from stakeline.events import Counts, events

    def nothing(_day: date) -> None:
        return None

    counts = Counts(of_class=nothing, company=nothing, votes=nothing, votes_each=nothing)
    (told,) = timelines(
        form(sale("100", "10", "900")), form(sale("300", "12", "702", day="2026-04-10"), period="2026-04-10")
    )
    (gap,) = [e.gap for e in events(told, regimes.regime("us").levels_on, counts) if e.gap is not None]
    assert gap.net is not None
    assert gap.net.number == 102
