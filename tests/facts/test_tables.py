"""Fact tables: what is taken in, what is put aside and with which words. The tables here are made up unless a test says otherwise."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.model.documents import Document
from stakeline.model.facts import Fact
from stakeline.model.notices import Leg, Notice, Position
from stakeline.model.numbers import Number
from stakeline.model.problems import LONGEST_QUOTE, Problem, Severity
from stakeline.model.rows import Reading
from stakeline.reading import facttables
from stakeline.reading.factvocabulary import RESULT_LINES, VOCABULARY, period_end, year_before

FACTS = "subject,measure,item,period,value,unit,currency,precision,known_from,known_basis,cites"
GOOD = "hk:00020,price.close,,2022-11-15,1.79,currency,HKD,,2022-11-15,evening,a paper"
NOTICES = "id,event_date,issuer_code,holder,direction,venue,shares,avg_price,currency,pct_of_class_after,shares_after,known_from,known_basis,cites"
NOTICE = "a,2022-11-08,00020,Alibaba,disposal,on-exchange,80000000,1.8190,HKD,8.74,,2022-11-14,report,a paper"


def table(*lines: str, name: str = "table.csv") -> Document:
    return Document(data="\n".join(lines).encode(), name=name)


def read(*lines: str, name: str = "table.csv") -> Reading:
    return facttables.read(table(*lines, name=name))


def fact(line: str, header: str = FACTS) -> Fact:
    reading = read(header, line)
    assert not reading.problems, reading.problems
    return reading.facts[0].body


def problem(line: str, header: str = FACTS) -> Problem:
    reading = read(header, line, GOOD if header == FACTS else NOTICE.replace("a,", "good,", 1))
    assert reading.inputs == 2
    assert len(reading.facts) + len(reading.notices) == 1  # the other row stands
    (found,) = reading.problems
    assert found.severity is Severity.INPUT
    return found


# --- recognising -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "name", "reader"),
    [
        (FACTS, "x", "facts/facts"),
        (FACTS.upper(), "x", "facts/facts"),
        (NOTICES, "x", "facts/notices"),
        ("Date,Open,High,Low,Close,Volume", "prices_0020HK_daily.csv", "facts/prices"),
        ("Date,Open,High,Low,Close,Adj Close,Volume", "folder.zip!0700.HK.csv", "facts/prices"),
        ("date,close,code,currency", "x", "facts/prices"),
        ("Date,Open,High,Low,Close,Volume", "prices", None),
        ("a,b,c", "x.html", None),
        ("<html>,", "x.csv", None),
        ("", "x.csv", None),
    ],
)
def test_a_table_is_known_by_its_header(header: str, name: str, reader: str | None) -> None:
    assert facttables.recognise(table(header, name=name)) == reader


def test_a_byte_order_mark_and_crlf_are_no_matter() -> None:
    data = b"\xef\xbb\xbf" + f"{FACTS}\r\n{GOOD}\r\n".encode()
    reading = facttables.read(Document(data=data, name="x"))
    assert (len(reading.facts), reading.problems) == (1, ())


@pytest.mark.parametrize(
    ("header", "missing"), [("item,unit,value", "subject"), ("date,open,high,low,close", "subject")]
)
def test_a_table_of_another_shape_is_one_problem_that_names_the_column(header: str, missing: str) -> None:
    reading = read(header, "1,2,3", "4,5,6")
    assert (reading.inputs, reading.quarantined) == (1, 1)
    assert f"lacks the columns: {missing} (" in reading.problems[0].message
    assert "docs/fact-tables.md" in reading.problems[0].message


def test_columns_that_the_table_does_not_have_are_named() -> None:
    reading = read(FACTS + ",colour", GOOD + ",red")
    assert len(reading.facts) == 1
    assert (reading.problems[0].severity, reading.problems[0].found) == (Severity.NOTE, "colour")


def test_a_column_twice_stops_the_table() -> None:
    assert "twice" in read(FACTS + ",value", GOOD + ",2").problems[0].message


# --- facts -----------------------------------------------------------------------------------------------------------


def test_a_fact_keeps_what_the_row_says() -> None:
    body = fact(
        "hk:00020,shares.issued,B,2022-06-24,25978640000,shares,,10000,2022-06-24,report,one; two ;",
    )
    assert body.number == Number(Decimal(25978640000), Decimal(10000))
    assert (body.item, body.period, body.unit, body.cites) == ("B", "2022-06-24", "shares", ("one", "two"))
    assert body.known_from == datetime(2022, 6, 24, 15, 59, 59, 999999, tzinfo=UTC)  # the end of the day, UTC+8


@pytest.mark.parametrize(
    ("known", "zone", "moment"),
    [
        ("2022-11-15", "Europe/Berlin", datetime(2022, 11, 15, 22, 59, 59, 999999, tzinfo=UTC)),
        ("2022-11-15T16:30", "", datetime(2022, 11, 15, 8, 30, tzinfo=UTC)),
        ("2022-11-15T16:30Z", "", datetime(2022, 11, 15, 16, 30, tzinfo=UTC)),
        ("2022-11-15T16:30+01:00", "Asia/Tokyo", datetime(2022, 11, 15, 15, 30, tzinfo=UTC)),
    ],
)
def test_since_when_a_row_was_public(known: str, zone: str, moment: datetime) -> None:
    line = GOOD.replace(",2022-11-15,evening", f",{known},evening")
    assert fact(f"{line},{zone}", FACTS + ",zone").known_from == moment


@pytest.mark.parametrize(
    ("old", "new", "column", "says"),
    [
        ("price.close", "price.mood", "measure", "no such measure"),
        ("hk:00020", "00020", "subject", "price.close is said of"),
        ("hk:00020", "fx:USD/HKD", "subject", "price.close is said of"),
        (",,2022-11-15,1.79", ",B,2022-11-15,1.79", "item", "leave it blank"),
        ("2022-11-15,1.79", ",1.79", "period", "it is blank; write a day like"),
        ("2022-11-15,1.79", "2022H1,1.79", "period", "write it like 2022-11-15"),
        ("2022-11-15,1.79", "2022-02-30,1.79", "period", "not a day"),
        ("2022-11-15,1.79", "20221115,1.79", "period", "not a day"),
        ("1.79", "", "value", "it is blank"),
        ("1.79", "1,79", "", "12 cells under 11 columns"),
        ("1.79", '"1,790"', "value", "not a plain number"),
        ("1.79", "1.79e3", "value", "not a plain number"),
        ("1.79", "NaN", "value", "not a plain number"),
        ("1.79", "١", "value", "not a plain number"),
        ("1.79", "9" * 31, "value", "at most 30 digits"),
        ("1.79", "0", "value", "cannot be zero or less"),
        ("1.79", "-1", "value", "cannot be zero or less"),
        ("currency", "HKD", "unit", "has the unit currency"),
        (",HKD,", ",,", "currency", "ISO code"),
        (",HKD,", ",HK$,", "currency", "ISO code"),
        (",HKD,,", ",HKD,0,", "precision", "above zero"),
        ("2022-11-15,evening", ",evening", "known_from", "since when it was public"),
        ("2022-11-15,evening", "2022-11-15,", "known_basis", "how that is known"),
        ("2022-11-15,evening", "15/11/2022,evening", "known_from", "not a day or moment"),
        ("2022-11-15,evening", "2022-11-14,evening", "known_from", "public before 2022-11-15"),
        ("a paper", " ; ", "cites", "who says so"),
        ("a paper", "a\x1b[31mpaper", "cites", "cannot be printed"),
    ],
)
def test_a_row_that_does_not_fit_says_where_and_why(old: str, new: str, column: str, says: str) -> None:
    assert old in GOOD
    found = problem(GOOD.replace(old, new, 1))
    assert found.where == (f"row 2, column {column}" if column else "row 2")
    assert says in found.message
    assert found.found.isprintable()


@pytest.mark.parametrize(
    "line",
    [
        "hk:00020,shares.issued,,2022-06-24,5,shares,,,2022-06-24,r,c",  # of which class?
        "hk:00020,shares.issued,B,2022-06-24,5.5,shares,,,2022-06-24,r,c",
        "hk:00020,shares.issued,B,2022-06-24,-5,shares,,,2022-06-24,r,c",
        "hk:00020,name,fr,..,x,text,,,2022-06-24,r,c",
        "hk:00020,name,en,..,x,text,,,2022-06-24,r,c",
        "hk:00020,name,en,2022-01-02..2022-01-01,x,text,,,2022-06-24,r,c",
        "hk:00020,name,en,,x,text,,1,2022-06-24,r,c",
        "hk:00020,result.revenue,,2022-06-30,5,currency,CNY,,2022-08-25,r,c",
        "hk:00020,result.revenue,,2022H3,5,currency,CNY,,2022-08-25,r,c",
        "hk:00020,result.revenue,,2022H1,5,currency,CNY,,2022-06-29,r,c",  # public before the half year was over
        "hk:00020,listing.date,,,soon,date,,,2022-06-24,r,c",
        "holder:Alibaba,seat,,,x,text,,,2022-06-24,r,c",
        "hk:20,name,en,,x,text,,,2022-06-24,r,c",
        "fx:USD/HKD,fx.rate,,2022-06-24,7.8,rate,HKD,,2022-06-24,r,c",
    ],
)
def test_the_vocabulary_is_strict(line: str) -> None:
    assert problem(line).found is not None


def test_words_that_a_spreadsheet_would_run_are_only_words() -> None:
    line = 'hk:00020,name,en,,"=HYPERLINK(""http://x"")",text,,,2022-06-24,r,"@SUM(1)"'
    body = fact(line)
    assert (body.text, body.cites) == ('=HYPERLINK("http://x")', ("@SUM(1)",))


def test_every_measure_of_the_vocabulary_has_a_place_in_the_docs() -> None:
    text = (Path(__file__).parents[2] / "docs/fact-tables.md").read_text(encoding="utf-8")
    assert [name for name in VOCABULARY if name not in text and not name.startswith("result.")] == []
    assert all(f"`{line.name}`" in text for line in RESULT_LINES)


@pytest.mark.parametrize(
    ("period", "end", "before"),
    [
        ("2022H1", date(2022, 6, 30), "2021H1"),
        ("2022Q3", date(2022, 9, 30), "2021Q3"),
        ("2022", date(2022, 12, 31), "2021"),
        ("2021-04-01..2022-03-31", date(2022, 3, 31), "2020-04-01..2021-03-31"),
        ("2023-03-01..2024-02-29", date(2024, 2, 29), "2022-03-01..2023-02-28"),
        ("2022-11-15", date(2022, 11, 15), None),
        ("2022H3", None, None),
        ("..", None, None),
    ],
)
def test_periods(period: str, end: date | None, before: str | None) -> None:
    assert (period_end(period), year_before(period)) == (end, before)


# --- prices ----------------------------------------------------------------------------------------------------------

PRICES = "Date,Open,High,Low,Close,Volume"


def prices(*lines: str, name: str = "0020.HK.csv") -> Reading:
    return read(PRICES, *lines, name=name)


def test_a_day_gives_four_prices_that_are_public_in_the_evening() -> None:
    reading = prices("2022-11-15,1.76,1.85,1.63,1.79,100")
    told = {read.body.measure: read.body for read in reading.facts}
    assert {name: str(body.number.value) for name, body in told.items() if body.number} == {
        "price.open": "1.76",
        "price.high": "1.85",
        "price.low": "1.63",
        "price.close": "1.79",
    }
    close = told["price.close"]
    assert (close.subject, close.currency, close.period, close.basis) == (
        "hk:00020",
        "HKD",
        "2022-11-15",
        "closing price",
    )
    assert close.known_from == datetime(2022, 11, 15, 15, 59, 59, 999999, tzinfo=UTC)
    assert reading.facts[3].locator == "row 2, column close"


def test_a_placeholder_is_named_and_is_no_price() -> None:
    reading = prices("2022-03-14,6.52,6.52,6.52,6.52,0", "2022-03-15,6.52,6.52,6.52,6.52,7")
    assert [read.body.period for read in reading.facts] == ["2022-03-15"] * 4
    assert (reading.problems[0].severity, reading.problems[0].where) == (Severity.NOTE, "row 2, column close")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2022-11-15,1.76,1.85,1.63,1.90,100", "outside the day's low and high"),
        ("2022-11-15,1.76,1.85,1.63,,100", "it is blank"),
        ("2022-11-15,1.76,1.85,1.63,null,100", "not a plain number"),
        ("2022-11-15,0,1.85,0,1.79,100", "above zero"),
        ("15.11.2022,1.76,1.85,1.63,1.79,100", "not a day"),
        ("2022-11-15,1.76,1.85,1.63,1.79", "5 cells under 6 columns"),
    ],
)
def test_a_day_that_cannot_be_is_put_aside_whole(line: str, says: str) -> None:
    reading = prices(line, "2022-11-16,2,2.1,1.9,2.02,100")
    assert len(reading.facts) == 4
    assert says in reading.problems[0].message


def test_a_counter_in_renminbi_needs_its_currency() -> None:
    assert "currency (ISO code" in prices("2022-11-15,1,1,1,1,1", name="80020.HK.csv").problems[0].message


def test_times_of_midnight_and_codes_in_a_column() -> None:
    reading = read("date,close,code,currency", "2022-11-15 00:00:00+08:00,1.79,20,HKD")
    assert (reading.facts[0].body.subject, reading.facts[0].body.period) == ("hk:00020", "2022-11-15")


# --- notices ---------------------------------------------------------------------------------------------------------


def notices(*lines: str, header: str = NOTICES) -> tuple[Notice, ...]:
    reading = read(header, *lines)
    assert not reading.problems, reading.problems
    return tuple(read.body for read in reading.notices)


def test_a_notice_as_the_press_tells_it() -> None:
    (body,) = notices(NOTICE)
    assert (body.form, body.regime, body.source_id, body.subject, body.event_date) == (
        "press",
        "hk",
        "a",
        "hk:00020",
        date(2022, 11, 8),
    )
    trade = body.trade(Leg.LONG)
    assert trade is not None
    assert (trade.told, trade.shares, trade.venue, trade.currency) == (
        "disposal",
        Number(Decimal(80000000)),
        "on-exchange",
        "HKD",
    )
    assert (trade.average, trade.consideration, trade.price) == (
        Number(Decimal("1.8190"), Decimal("0.0001")),
        None,
        None,
    )
    assert body.before == ()
    assert body.after == (Position(leg=Leg.LONG, percent=Number(Decimal("8.74"), Decimal("0.01"))),)


@pytest.mark.parametrize(("venue", "field"), [("off-exchange", "consideration"), ("unknown", "price"), ("", "price")])
def test_the_price_goes_where_the_venue_puts_it(venue: str, field: str) -> None:
    (body,) = notices(NOTICE.replace("on-exchange", venue))
    filled = [name for name in ("average", "consideration", "price") if getattr(body.trades[0], name) is not None]
    assert filled == [field]


def test_what_was_printed_later_is_a_second_notice_that_is_known_later() -> None:
    header = NOTICES + ",shares_after_known_from,shares_after_cites"
    first, full = notices(NOTICE.replace("8.74,,", "8.74,2271000000,") + ",2023-04-18,another paper", header=header)
    assert first.source_id == full.source_id == "a"
    assert (first.known_from, full.known_from) == (
        datetime(2022, 11, 14, 15, 59, 59, 999999, tzinfo=UTC),
        datetime(2023, 4, 18, 15, 59, 59, 999999, tzinfo=UTC),
    )
    assert first.after[0].shares is None
    assert first.after[0].percent == full.after[0].percent
    assert full.after[0].shares == Number(Decimal(2271000000), Decimal(1000000))
    assert (first.cites, full.cites) == (("a paper",), ("a paper", "another paper"))


@pytest.mark.parametrize(("unit", "expected"), [("", "1000000"), ("1", None), ("1000", "1000")])
def test_a_holding_that_ends_in_zeros_may_be_rounded(unit: str, expected: str | None) -> None:
    (body,) = notices(NOTICE.replace("8.74,,", "8.74,2271000000,") + f",{unit}", header=NOTICES + ",shares_after_unit")
    shares = body.after[0].shares
    assert isinstance(shares, Number)
    assert shares.unit == (Decimal(expected) if expected else None)


def test_nothing_left_is_zero_and_nothing_told_is_not() -> None:
    (body,) = notices(NOTICE.replace("8.74,,", ",0,"))
    assert body.after == (Position(leg=Leg.LONG, shares=Number(Decimal(0))),)
    (body,) = notices(NOTICE.replace("8.74,,", ",,"))
    assert body.after == ()


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("2022-11-08", "", "event_date"),
        ("00020", "0020.HK", "issuer_code"),
        ("Alibaba", "", "holder"),
        ("8.74", "108.74", "pct_of_class_after"),
        ("80000000", "80m", "shares"),
        (",HKD,", ",,", "currency"),
        ("on-exchange", "bar", "venue"),
        ("2022-11-14", "2022-11-07", "known_from"),
        ("a paper", "", "cites"),
        ("a,2022", ",2022", "id"),
        ("a,2022", "good,2022", "id"),
    ],
)
def test_a_notice_that_does_not_fit_is_put_aside(old: str, new: str, column: str) -> None:
    where = problem(NOTICE.replace(old, new, 1), NOTICES).where
    assert where.endswith(f", column {column}")


# --- why -------------------------------------------------------------------------------------------------------------


def test_the_place_of_a_figure_is_found_again() -> None:
    document = table(NOTICES.replace("avg_price", "avg_price_hkd"), NOTICE)
    box = facttables.cite("press", "trades.long.average")
    assert box is not None
    assert box.element == "column avg_price"
    assert facttables.quote(document, f"row 2, {box.element}") == "1.8190"
    assert facttables.quote(document, "row 2", "after.long.percent") == "8.74"
    assert facttables.quote(document, "row 3, column avg_price") is None
    assert facttables.quote(document, "row 2, column mood") is None
    assert facttables.quote(document, "#lblX") is None
    assert facttables.cite("2", "issued") is None


# --- hostile ---------------------------------------------------------------------------------------------------------


def test_a_quotation_mark_that_never_closes_is_heard() -> None:
    reading = read(FACTS, GOOD, '"' + GOOD, GOOD, GOOD)
    assert len(reading.facts) == 1
    assert "not closed" in reading.problems[0].message


def test_bytes_that_are_no_text_are_heard() -> None:
    reading = facttables.read(Document(data=f"{FACTS}\n{GOOD}\n".encode() + b"\xff\xfe", name="x.csv"))
    assert (len(reading.facts), reading.quarantined) == (0, 1)
    assert "UTF-8" in reading.problems[0].message


def test_more_rows_than_we_read_are_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facttables, "MOST_ROWS", 3)
    reading = read(FACTS, *(GOOD.replace("2022-11-15,1.79", f"2022-11-{day},1.79") for day in range(10, 15)))
    assert len(reading.facts) == 3
    assert "more than 3 rows" in reading.problems[0].message


def test_a_table_too_large_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facttables, "MOST_BYTES", 10)
    assert "more than 10 bytes" in read(FACTS, GOOD).problems[0].message


def test_a_cell_of_a_megabyte_is_quoted_short() -> None:
    found = problem(GOOD.replace("a paper", "x" * 100_000))
    assert found.where == "row 2, column cites"
    assert len(found.found) <= LONGEST_QUOTE


CELLS = st.one_of(
    st.sampled_from(
        [*GOOD.split(","), *NOTICE.split(","), "", "2022H1", "..", "=1+1", "9" * 40, "-0", "text", "Etc/../x"]
    ),
    st.text(max_size=8),
)


@given(
    st.sampled_from([FACTS, NOTICES, PRICES + ",subject,currency,zone"]),
    st.lists(st.lists(CELLS, min_size=1, max_size=15), max_size=6),
)
def test_any_cells_give_rows_or_problems_and_never_an_error(header: str, rows: list[list[str]]) -> None:
    document = table(header, *(",".join(cells) for cells in rows), name="any.csv")
    reading = facttables.read(document)
    assert reading.reader is not None
    assert all(p.found.isprintable() and p.message for p in reading.problems)
    for found in reading.facts:
        assert facttables.quote(document, found.locator) is not None


@given(st.binary(max_size=200))
def test_any_bytes_give_problems_or_nothing(data: bytes) -> None:
    reading = facttables.read(Document(data=data, name="any.csv"))
    assert not reading.facts
    assert not reading.notices


@given(st.integers(0, 200))
def test_a_table_cut_short_gives_no_number_that_it_does_not_hold(cut: int) -> None:
    whole = f"{FACTS}\n{GOOD}\n".encode()
    reading = facttables.read(Document(data=whole[:-cut] if cut else whole, name="cut.csv"))
    assert all(found.body.number == Number(Decimal("1.79")) for found in reading.facts)


# --- the real files --------------------------------------------------------------------------------------------------


def sample(samples: Path, name: str) -> Reading:
    path = samples / "sensetime" / name
    return facttables.read(Document(data=path.read_bytes(), name=str(path)))


def test_the_disclosures_of_the_samples_load_whole(samples: Path) -> None:
    reading = sample(samples, "disclosures.csv")
    assert reading.problems == ()
    # Six rows; the two of which the holding was printed later give two notices each (column shares_after_known_from).
    assert [read.locator for read in reading.notices] == [
        "row 2",
        "row 2",
        "row 3",
        "row 3",
        "row 4",
        "row 5",
        "row 6",
        "row 7",
    ]
    assert "DATE doubtful" in (reading.notices[5].body.doubt or "")


def test_the_price_series_of_the_samples_loads_whole(samples: Path) -> None:
    reading = sample(samples, "prices_0020HK_daily.csv")
    # 941 rows, seven of them placeholders (SOURCES.md, notes on the price series).
    assert (len(reading.facts), reading.quarantined) == (4 * 934, 0)
    assert [p.severity for p in reading.problems] == [Severity.NOTE] * 7


@pytest.mark.parametrize(
    "name",
    [
        "results_1h2022.csv",
        "segments_1h2022.csv",
        "fullyear.csv",
        "peers_1h2022.csv",
        "shares_in_issue.csv",
        "fx_points.csv",
        "price_checks.csv",
    ],
)
def test_the_other_tables_of_the_samples_say_what_they_lack(samples: Path, name: str) -> None:
    reading = sample(samples, name)
    assert (reading.inputs, reading.quarantined) == (1, 1)
    assert "subject (" in reading.problems[0].message
