"""Holdings in the clearing system. The page's structure is that on which its public readers agree; none was at hand.

Expectations from the samples were compared by hand (23 November 2026) with samples/hk/ccass-01128-2021-01.json, by day and
participant id, and samples/reference/ccass_snapshot_00020_2026-07-05.csv, by row.
"""

import json
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline import Ledger, load_documents, regimes
from stakeline.cli.arguments import parser
from stakeline.cli.clearing import clearing as command
from stakeline.model.documents import Document
from stakeline.model.errors import UnknownName, UsageError
from stakeline.model.problems import Severity
from stakeline.model.rows import Reading
from stakeline.regimes.hk import clearing
from stakeline.workflows.clearing import clearing as answer

Line = tuple[str, str, str, str]
"""Id, name, shares, percent."""
HSBC, CITI = "THE HONGKONG AND SHANGHAI BANKING", "CITIBANK N.A."


def day(told: str, *lines: Line, code: str = "00020") -> dict[str, object]:
    holdings = {i: {"Name": n, "Address": "1 QUEEN'S ROAD", "Shareholding": s, "Percent": p} for i, n, s, p in lines}
    return {"StockCode": code, "AsOf": told, "StockName": "EXAMPLE", "Holdings": holdings}


def collected(*days: dict[str, object]) -> Document:
    return Document(data=json.dumps(list(days)).encode(), name="holdings.json")


def page(
    lines: Sequence[Line],
    told: str = "2021/01/29",
    code: str = "01128",
    issued: str = "5,209,000,000",
    end: str = "</html>",
) -> Document:
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td class="{css}"><div class="mobile-list-heading">{head}:</div><div class="mobile-list-body">{text}</div></td>'
            for css, head, text in (
                ("col-participant-id", "Participant ID", i),
                ("col-participant-name", "Name of CCASS Participant (* for Consenting Investor Participants )", n),
                ("col-address", "Address", "1 QUEEN&#39;S ROAD"),
                ("col-shareholding text-right", "Shareholding", s),
                ("col-shareholding-percent text-right", "% of the total number of Issued Shares/ Warrants/ Units", p),
            )
        )
        + "</tr>"
        for i, n, s, p in lines
    )
    data = (
        f'<html><body><input name="txtStockCode" id="txtStockCode" value="{code}">'
        f'<input name="txtShareholdingDate" id="txtShareholdingDate" value="{told}">'
        f'<div id="pnlResultSummary"><div class="ccass-search-remarks"><div class="summary-header">Total number of Issued'
        f' Shares/Warrants/Units (last updated figure)</div><div class="summary-value">{issued}</div></div></div>'
        f'<div id="pnlResultNormal"><table><thead><tr><th data-column-class="col-participant-id">Participant ID</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div></body>{end}"
    )
    return Document(data=data.encode(), name="searchsdw.html")


def read(document: Document) -> Reading:
    found = clearing.read(document)
    assert found is not None
    return found


def shares(reading: Reading, item: str) -> dict[str | None, Decimal]:
    return {
        f.body.period: f.body.number.value
        for f in reading.facts
        if f.body.measure == clearing.SHARES and f.body.number and (f.body.item or "").startswith(item)
    }


def days_of(reading: Reading) -> dict[date, dict[str, Decimal]]:
    """Every day with its participants, taken apart from the runs again."""
    told: dict[date, dict[str, Decimal]] = {}
    for fact in reading.facts:
        if fact.body.measure == clearing.SHARES and fact.body.number:
            first, _, last = (fact.body.period or "").partition("..")
            for n in range(date.fromisoformat(first).toordinal(), date.fromisoformat(last or first).toordinal() + 1):
                assert (
                    told.setdefault(date.fromordinal(n), {}).setdefault(fact.body.item or "", fact.body.number.value)
                    >= 0
                )
    return told


class TestRealSnapshots:
    @pytest.fixture
    def document(self, samples: Path) -> Document:
        path = samples / "hk" / "ccass-01128-2021-01.json"
        return Document(data=path.read_bytes(), name=path.name)

    def test_twelve_days_lose_nothing(self, document: Document) -> None:
        reading = read(document)
        assert not reading.problems
        whole = {
            date.fromisoformat(entry["AsOf"].replace("/", "-")): {
                f"{key} {row['Name']}".strip(): Decimal(row["Shareholding"].replace(",", ""))
                for key, row in entry["Holdings"].items()
            }
            for entry in json.loads(document.data)
        }
        assert days_of(reading) == whole

    def test_weekends_are_no_changes(self, document: Document) -> None:
        # 530,391,107 on the 29th (a Friday), 30th and 31st; 528,921,802 on the 22nd (a Friday), 23rd and 24th
        bank = shares(read(document), "C00100")
        assert bank["2021-01-29..2021-01-31"] == 530_391_107
        assert bank["2021-01-22..2021-01-24"] == 528_921_802
        assert bank["2021-01-20"] == 525_443_870
        starts = {f.body.period[:10] for f in read(document).facts if f.body.period and f.body.measure != "code"}
        assert not starts & {"2021-01-23", "2021-01-24", "2021-01-30", "2021-01-31"}

    def test_a_figure_that_comes_back_is_told_each_time(self, document: Document) -> None:
        # B02096: 7,200 on the 20th and 21st, 5,200 from the 22nd to the 26th, 7,200 again from the 27th
        assert shares(read(document), "B02096") == {
            "2021-01-20..2021-01-21": 7_200,
            "2021-01-22..2021-01-26": 5_200,
            "2021-01-27..2021-01-31": 7_200,
        }

    def test_one_fact_for_each_change(self, document: Document) -> None:
        # 282 on the first day, 541 changes, of them three who went (21st, 25th, 27th: counted by hand from the ids)
        reading = read(document)
        assert sum(f.body.measure == clearing.SHARES for f in reading.facts) == 282 + 541 - 3
        assert reading.inputs == len(reading.facts)

    def test_an_investor_without_an_id_keeps_the_name(self, document: Document) -> None:
        assert shares(read(document), "SEEN SIU LAM *") == {"2021-01-20..2021-01-31": 800}

    def test_places_are_found_again(self, document: Document) -> None:
        assert clearing.quote(document, "2021/01/29, C00100, column Shareholding") == "530,391,107"
        assert clearing.quote(document, "2021/01/29, C00100, column Percent") == "10.18%"
        assert clearing.quote(document, "2021/01/29, C99999, column Percent") is None

    def test_it_is_quick(self, document: Document) -> None:
        start = time.process_time()
        read(document)
        assert time.process_time() - start < 1

    def test_the_table_of_one_day(self, samples: Path) -> None:
        path = samples / "reference" / "ccass_snapshot_00020_2026-07-05.csv"
        document = Document(data=path.read_bytes(), name=path.name)
        reading = read(document)
        assert not reading.problems
        assert len(days_of(reading)[date(2026, 7, 5)]) == 361
        assert shares(reading, "C00019") == {"2026-07-05": 6_023_808_857}  # row 4
        assert shares(reading, "B01240") == {"2026-07-05": 592}  # row 362, the last
        assert clearing.quote(document, "row 4, column Percentage") == "14.26%"
        assert {f.body.note for f in reading.facts} == {"stock and day as the file is named"}
        nameless = read(Document(data=path.read_bytes(), name="table.csv"))
        assert not nameless.facts
        assert "name the file like" in nameless.problems[0].message


class TestThePage:
    def test_rows_percentages_and_the_shares_on_file(self) -> None:
        document = page([("C00019", HSBC, "442,228,370", "8.49%"), ("", "SEEN SIU LAM *", "800", "0.00%")])
        reading = read(document)
        assert not reading.problems
        told = {(f.body.measure, f.body.item): f.body for f in reading.facts}
        percent = told[clearing.PERCENT, f"C00019 {HSBC}"]
        assert percent.number is not None
        assert (percent.number.value, percent.number.unit) == (Decimal("8.49"), Decimal("0.01"))
        assert percent.basis is not None
        assert percent.basis.startswith("% of the issued shares, as the clearing system prints it")
        assert shares(reading, "SEEN SIU LAM *") == {"2021-01-29": 800}
        issued = told[clearing.ISSUED, None].number
        assert issued is not None
        assert issued.value == 5_209_000_000
        assert clearing.quote(document, "row 1, column shareholding") == "442,228,370"
        assert all("not owners" in (f.body.doubt or "") for f in reading.facts if f.body.number)

    def test_the_regime_hands_it_to_this_reader(self) -> None:
        document = page([("C00019", HSBC, "442,228,370", "8.49%")])
        assert regimes.read(document) == read(document)
        assert regimes.quote(document, "row 1, column shareholding-percent") == "8.49%"

    def test_half_a_page_is_no_day(self) -> None:
        reading = read(page([("C00019", HSBC, "5", "8.49%")], end=""))
        assert not reading.facts
        assert [p.severity for p in reading.problems] == [Severity.INPUT]

    @pytest.mark.parametrize(("code", "told"), [("", "2021/01/29"), ("01128", ""), ("01128", "2021/02/30"), ("x", "y")])
    def test_without_stock_or_day_nothing_is_taken(self, code: str, told: str) -> None:
        reading = read(page([("C00019", HSBC, "5", "8.49%")], told=told, code=code))
        assert not reading.facts
        assert [p.severity for p in reading.problems] == [Severity.INPUT]

    def test_pages_without_participants_are_left_to_others(self) -> None:
        for data in (b"", b"<html></html>", b"[]", b'{"a": 1}', b"ID,Name\n", b"%PDF-1.7", b"\xff\xfe"):
            assert clearing.read(Document(data=data, name="x")) is None


class TestBadRows:
    @pytest.mark.parametrize("told", ["-5", "5.5", "1e9", "NaN", "", "１２３", "5,00", "9" * 31])
    def test_a_row_without_a_whole_number_is_quarantined_alone(self, told: str) -> None:
        reading = read(collected(day("2021/01/29", ("C00019", HSBC, told, "8.49%"), ("C00010", CITI, "7", "0.01%"))))
        assert [p.severity for p in reading.problems] == [Severity.INPUT]
        assert not shares(reading, "C00019")
        assert shares(reading, "C00010") == {"2021-01-29": 7}

    def test_two_figures_of_one_participant_are_none(self) -> None:
        twice = day("2021/01/29", ("C00019", HSBC, "5", "8.49%"))
        other = day("2021/01/29", ("C00019", HSBC, "6", "8.49%"))
        assert not shares(read(collected(twice, other)), "C00019")
        assert shares(read(collected(twice, twice)), "C00019") == {"2021-01-29": 5}

    def test_a_key_that_stands_twice_in_the_json_is_seen(self) -> None:
        row = '{"Name": "A", "Shareholding": "%s", "Percent": "1%%"}'
        text = (
            '[{"StockCode": "00020", "AsOf": "2021/01/29", "Holdings": {"C00019": '
            + row % "5"
            + ', "C00019": '
            + row % "6"
            + "}}]"
        )
        reading = read(Document(data=text.encode(), name="x.json"))
        assert reading.problems

    @pytest.mark.parametrize(
        "data",
        [
            b'{"StockCode": "Holdings", "Holdings": [[[[' + b"[" * 100_000,
            b'[{"StockCode": 1, "Holdings": {"C00019": null}, "AsOf": 2}]',
            b'[{"StockCode": "00020", "AsOf": "2021/01/29", "Holdings": {"C00019": {"Shareholding": '
            + b"9" * 6_000
            + b"}}}]",
            b'{"Holdings": 1, "StockCode": "\xff"}',
        ],
    )
    def test_hostile_json_is_a_problem(self, data: bytes) -> None:
        reading = read(Document(data=data, name="x.json"))
        assert not [f for f in reading.facts if f.body.number]
        assert reading.problems

    def test_a_table_without_its_columns_is_one_problem(self) -> None:
        text = "ID,Name,ShareholdingDecimal,PercentageX\nC00019,A,5,1%\n"
        reading = read(Document(data=text.encode(), name="ccass_00020_2026-07-05.csv"))
        assert not reading.facts
        assert [p.severity for p in reading.problems] == [Severity.INPUT]

    def test_a_bad_percentage_costs_only_itself(self) -> None:
        reading = read(collected(day("2021/01/29", ("C00019", HSBC, "5", "8,49%"))))
        assert [p.severity for p in reading.problems] == [Severity.FIELD]
        assert shares(reading, "C00019") == {"2021-01-29": 5}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 3)), unique_by=lambda t: t[0], max_size=20))
def test_runs_are_only_another_way_to_write_the_days(told: list[tuple[int, int]]) -> None:
    entries = [day(f"2021/03/{n:02}", ("C00019", HSBC, str(held), "1%")) for n, held in told]
    reading = clearing.read(collected(*entries)) if entries else None
    whole = {date(2021, 3, n): {f"C00019 {HSBC}": Decimal(held)} for n, held in told}
    assert (days_of(reading) if reading else {}) == whole
    told_back = (
        [(f.body.number, f.body.period) for f in reading.facts if f.body.measure == clearing.SHARES] if reading else []
    )
    again = clearing.read(collected(*reversed(entries))) if entries else None
    assert told_back == (
        [(f.body.number, f.body.period) for f in again.facts if f.body.measure == clearing.SHARES] if again else []
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """21 January: HSBC 100, Citi 50. 22nd (a Friday) to 24th: HSBC 140, a broker 5. 25th: HSBC 130, Citi 1, broker 5."""
    made = Ledger.create(tmp_path_factory.mktemp("clearing") / "ledger")
    broker = ("B01234", "EXAMPLE SECURITIES LTD", "5", "0.00%")
    weekend = [day(f"2021/01/{n}", ("C00019", HSBC, "140", "1.40%"), broker) for n in (22, 23, 24)]
    first = day("2021/01/21", ("C00019", HSBC, "100", "1.00%"), ("C00010", CITI, "50", "0.50%"))
    last = day("2021/01/25", ("C00019", HSBC, "130", "1.30%"), ("C00010", CITI, "1", "0.01%"), broker)
    receipt = load_documents(made, [collected(first, *weekend), collected(weekend[2], last)])
    assert receipt.quarantined == 0
    return made


class TestTheQuestion:
    def test_the_largest_come_first(self, ledger: Ledger) -> None:
        told = answer(ledger, "20", on="2021-01-25")
        assert [(k.participant, k.shares.value) for k in told.kept] == [("C00019", 130), ("B01234", 5), ("C00010", 1)]
        assert "not owners" in told.caution
        assert "T+2" in told.caution

    def test_changes_since_a_day(self, ledger: Ledger) -> None:
        told = answer(ledger, "00020", on="2021-01-25", since="2021-01-21")
        moved = [(m.participant, m.change.value if m.change else None) for m in told.moved]
        assert moved == [("C00010", -49), ("C00019", 30), ("B01234", None)]
        assert told.moved[2].before is None

    def test_who_is_not_listed_any_more_has_no_zero(self, ledger: Ledger) -> None:
        told = answer(ledger, "20", on="2021-01-24", since="2021-01-21")
        gone = next(m for m in told.moved if m.participant == "C00010")
        assert (gone.after, gone.change) == (None, None)

    def test_over_a_weekend_nothing_moved(self, ledger: Ledger) -> None:
        assert answer(ledger, "20", on="2021-01-24", since="2021-01-22").moved == ()

    def test_a_later_day_answers_with_the_last_one_known(self, ledger: Ledger) -> None:
        assert answer(ledger, "20", on="2021-06-30").day == date(2021, 1, 25)

    @pytest.mark.parametrize(
        ("known", "last"),
        [
            ("2021-01-22", 21),
            ("2021-01-23T12:00", 21),
            ("2021-01-23", 22),
            ("2021-01-24", 23),
            ("2021-01-25", 24),
            ("2021-01-26", 25),
        ],
    )
    def test_a_day_is_known_at_the_end_of_the_next(self, ledger: Ledger, known: str, last: int) -> None:
        assert answer(ledger, "20", known=known).day == date(2021, 1, last)

    def test_what_is_not_known_is_said(self, ledger: Ledger) -> None:
        with pytest.raises(UnknownName, match="no clearing-system holdings"):
            answer(ledger, "20", on="2021-01-20")
        with pytest.raises(UsageError, match="2021-01-21"):
            answer(ledger, "20", on="2021-01-25", since="2020-12-31")

    def test_rows_that_could_not_be_read_are_counted(self, tmp_path: Path) -> None:
        made = Ledger.create(tmp_path / "ledger")
        load_documents(
            made, [collected(day("2021/01/29", ("C00019", HSBC, "x", "1%"), ("C00010", CITI, "7", "0.01%")))]
        )
        assert answer(made, "20").unread == 1


class TestTheCommand:
    def test_the_caution_is_its_first_line(self, ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
        words = ["--ledger", str(ledger.folder), "clearing", "20", "--on", "2021-01-25", "--since", "2021-01-21"]
        assert command(parser("clearing").parse_args(words)) == 0
        printed = capsys.readouterr().out
        first = printed.splitlines()[0]
        assert "brokers, banks and custodians, not owners" in first
        assert "T+2" in first
        assert "+30" in printed
        assert "newly listed" in printed
        assert "% of the issued shares, as the clearing system prints it" in printed

    def test_json_says_it_too(self, ledger: Ledger, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        assert command(parser("clearing").parse_args(["--ledger", str(ledger.folder), "clearing", "20", "--json"])) == 0
        told = json.loads(capfdbinary.readouterr().out)
        assert "not owners" in told["caution"]
        assert told["kept"][0]["shares"]["value"] == "130"
        assert "not owners" in told["kept"][0]["shares"]["doubt"]
