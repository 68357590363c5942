"""Form 13F: covers, tables, units, amendments. Real files were compared with their XML by hand on 23 November 2026."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.notices import Status
from stakeline.model.portfolios import Amending, Portfolio
from stakeline.model.problems import Problem, Severity
from stakeline.model.rows import Reading
from stakeline.regimes.us import thirteen_f_table
from stakeline.regimes.us.thirteen_f_columns import Columns
from tests.us.made_13f import APPLE, BERKSHIRE, BOND, cover, row, submission, table

F = "13fhr_{}.txt"


def read(data: bytes) -> Reading:
    reading = regimes.read(Document(data=data, name="x"))
    assert reading is not None
    return reading


def only(data: bytes) -> Portfolio:
    reading = read(data)
    assert [p for p in reading.problems if p.severity is Severity.INPUT] == []
    (found,) = reading.portfolios
    return found.body


def refused(data: bytes) -> Problem:
    reading = read(data)
    assert reading.portfolios == ()
    assert reading.inputs == reading.quarantined == 1
    return next(p for p in reading.problems if p.severity is Severity.INPUT)


class TestRealFiles:
    def test_wellington(self, samples: Path) -> None:
        found = only((samples / "us/13f" / F.format("wellington_2019q3_7561rows")).read_bytes())
        assert (found.form, found.manager.code, found.period) == ("13F-HR", "0000902219", date(2019, 9, 30))
        assert found.known_from == datetime(2019, 11, 13, 18, 44, 52, tzinfo=UTC)  # 13:44:52 in New York
        assert (found.rows, found.told_rows, found.told_value, found.total()) == (7561, 7561, 443457178, 443457234)
        assert found.unit == 1_000
        assert [(m.number, m.name) for m in found.included][2:4] == [
            (3, "Wellington Management Hong Kong Ltd"),
            (4, "Wellington Management Japan Pte Ltd"),
        ]
        first = next(found.holdings())
        assert (first.issuer, first.title, first.cusip) == ("ACCO BRANDS CORP", "COM", "00081T108")
        assert (first.value, first.amount, first.amount_type, first.discretion) == (53942, 5465200, "SH", "DFND")
        assert (first.managers, first.sole, first.shared, first.none) == ("1", 0, 4797834, 667366)
        table = found.table
        assert table is not None
        assert table.column("amount_type").count("PRN") == 186
        assert table.put_call == table.figi == ()

    def test_the_unit_traps_come_out_right(self, samples: Path) -> None:
        units = {
            "metlife_2021q4_filed2023_dollars": 1,
            "bullstreet_2022q4_thousands-after-cutover": 1_000,
            "actiam_2020q4_thousands-megacap": 1_000,
            "oceanarete_2023q3": 1,
        }
        for name, unit in units.items():
            found = only((samples / "us/13f" / F.format(name)).read_bytes())
            assert found.unit == unit, name
            assert found.total() == found.told_value
            assert found.rows == found.told_rows
        bull = only((samples / "us/13f" / F.format("bullstreet_2022q4_thousands-after-cutover")).read_bytes())
        assert bull.unit_doubt is not None
        assert "filed on 2023-02-28" in bull.unit_doubt

    def test_metlife_reports_for_one_and_names_three_others(self, samples: Path) -> None:
        found = only((samples / "us/13f/13fhr_metlife_2021q4_filed2023_dollars.txt").read_bytes())
        assert found.report == "13F COMBINATION REPORT"
        assert [(m.code, m.file_number, m.crd, m.sec) for m in found.elsewhere] == [
            ("0000931588", "028-16107", None, None),
            ("0000728618", "028-00491", None, None),
            ("0001529735", "028-18628", "000142463", "801-67314"),
        ]
        assert (found.included, found.omitted) == ((), None)
        rows = list(found.holdings())
        assert (rows[0].issuer, rows[0].value, rows[0].amount) == ("ISHARES MSCI CHILE ETF", 2049983, 98000)

    def test_a_notice_holds_nothing(self, samples: Path) -> None:
        found = only((samples / "us/13f/13fnt_migdal_2020.txt").read_bytes())
        assert (found.form, found.report, found.table, found.told_rows) == ("13F-NT", "13F NOTICE", None, None)
        assert [m.name for m in found.elsewhere] == ["Migdal Insurance & Financial Holdings Ltd."]

    def test_the_official_amendment(self, samples: Path) -> None:
        reading = read((samples / "us/13f/SECsample_Sample_13F-HRA.xml").read_bytes())
        found = reading.portfolios[0].body
        assert (found.status, found.number, found.amending) == (Status.AMENDMENT, 45, Amending.RESTATES)
        assert (found.rows, found.told_rows) == (169, 1222)
        assert any("declares 1,222 rows, the table has 169" in p.message for p in reading.problems)

    def test_every_element_is_known(self, samples: Path) -> None:
        told = 0
        for path in sorted((samples / "us/13f").glob("*")):
            reading = read(path.read_bytes())
            told += len(reading.portfolios)
            assert [p for p in reading.problems if "do not know" in p.message] == [], path.name
            assert [p.message[:20] for p in reading.problems if p.severity is Severity.FIELD] == [], path.name
        assert told == 16

    def test_both_readings_of_every_real_table_agree(self, samples: Path) -> None:
        for path in sorted((samples / "us/13f").glob("*")):
            data = path.read_bytes()
            start = thirteen_f_table._START.search(data)
            if start is None or path.suffix == ".html":
                continue
            end = data.rfind(b"informationTable>") + len(b"informationTable>")
            both(data[start.start() : end])

    @pytest.mark.parametrize("share", [0.3, 0.7, 0.95, 0.999])
    def test_a_report_that_is_cut_off_is_no_report(self, samples: Path, share: float) -> None:
        data = (samples / "us/13f/13fhr_baupost_0001567619-19-021196.txt").read_bytes()
        end = data.rfind(b"</informationTable>")
        refused(data[: int(end * share)])


def both(data: bytes) -> None:
    """Hold the plain reading against the parser's."""
    plan = thirteen_f_table._plan()
    one: list[Problem] = []
    other: list[Problem] = []
    fast = thirteen_f_table._filled(
        thirteen_f_table._plain(data, 0, len(data)),
        Columns(plan.fields, plan.numbers, thirteen_f_table._plain_text),
        one,
    )
    slow = thirteen_f_table._filled(
        thirteen_f_table._parsed(data, 0, len(data), other), Columns(plan.fields, plan.numbers), other
    )
    assert fast == slow
    assert one == other


class TestRows:
    def test_options_are_told_apart_from_the_shares_under_them(self) -> None:
        rows = [
            row(value=1_890_000, amount=10_000, voting=(10_000, 0, 0)),
            row(value=945_000, amount=5_000, option="Put", voting=(0, 0, 0)),
            row(value=189_000, amount=1_000, option="Call", voting=(0, 0, 0)),
        ]
        found = only(submission(cover(rows=3, value=3_024_000), table(rows)))
        assert [(h.cusip, h.amount, h.put_call) for h in found.holdings()] == [
            (APPLE, 10_000, None),
            (APPLE, 5_000, "Put"),
            (APPLE, 1_000, "Call"),
        ]

    def test_bonds_and_managers_and_figis(self) -> None:
        rows = [row(kind="PRN", cusip=BOND.lower(), managers="4,8,11", discretion="DFND", figi="BBG000B9XRY4")]
        (held,) = only(submission(cover(), table(rows))).holdings()
        assert (held.amount_type, held.cusip, held.managers) == ("PRN", BOND, "4,8,11")
        assert (held.discretion, held.figi) == ("DFND", "BBG000B9XRY4")

    @pytest.mark.parametrize(
        ("told", "field", "why"),
        [
            ({"value": "1e40"}, "value", "not a whole number"),
            ({"amount": "9" * 41}, "amount", "not a whole number"),
            ({"amount": "NaN"}, "amount", "not a whole number"),
            ({"amount": "-5"}, "amount", "not a whole number"),
            ({"value": None}, "value", "not told"),
            ({"value": ""}, "value", "not told"),
            ({"amount": "٥"}, "amount", "not a whole number"),
        ],
    )
    def test_a_number_that_is_none_is_missing_and_said(self, told: dict[str, object], field: str, why: str) -> None:
        reading = read(submission(cover(), table([row(**told)])))
        (held,) = reading.portfolios[0].body.holdings()
        assert getattr(held, field) is None
        assert [p.where for p in reading.problems if why in p.message] == [f"row 1, {field}"]
        assert reading.portfolios[0].body.total() is None or field != "value"

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"cusip": "037833101"}, "cusip"),
            ({"cusip": "000000000"}, "cusip"),
            ({"option": "Straddle"}, "put_call"),
            ({"kind": "SHARES"}, "amount_type"),
            ({"discretion": "ALL"}, "discretion"),
            ({"managers": "one"}, "managers"),
            ({"figi": "BBG"}, "figi"),
        ],
    )
    def test_a_doubtful_text_is_kept_and_said(self, told: dict[str, str], field: str) -> None:
        reading = read(submission(cover(), table([row(**told)])))
        (held,) = reading.portfolios[0].body.holdings()
        assert getattr(held, field) == next(iter(told.values()))
        assert [p.where for p in reading.problems] == [f"row 1, {field}"]

    def test_entities_comments_and_order_make_no_difference(self) -> None:
        plain = only(submission(cover(), table([row(issuer="AT&T <INC>")])))
        (held,) = plain.holdings()
        assert held.issuer == "AT&T <INC>"
        text = table([row(issuer="AT&T <INC>")])
        for odd in (
            text.replace("AT&amp;T", "A<!-- x -->T&#38;T"),
            text.replace("AT&amp;T &lt;INC&gt;", "<![CDATA[AT&T <INC>]]>"),
            text.replace("<infoTable>", "<infoTable a='1'>"),
            '<?xml version="1.0" encoding="utf-8"?>' + text,
        ):
            assert only(submission(cover(), odd)) == plain

    def test_unknown_and_doubled_elements_are_said(self) -> None:
        text = table([row(), row()])
        reading = read(
            submission(
                cover(rows=2, value=265_380),
                text.replace("<putCall>", "", 1).replace("<cusip>", "<yield>3</yield><cusip>", 1),
            )
        )
        assert [(p.where, p.severity) for p in reading.problems] == [("infoTable[1]/yield", Severity.NOTE)]
        assert reading.portfolios[0].body.rows == 2
        doubled = table([row()]).replace("<value>", "<value>1</value><value>")
        reading = read(submission(cover(), doubled))
        (held,) = reading.portfolios[0].body.holdings()
        assert held.value is None
        assert any("stands twice" in p.message for p in reading.problems)


class TestUnits:
    def test_by_the_form_in_use_on_the_day_of_filing(self) -> None:
        before = only(submission(cover(period="09-30-2022"), table([row()]), filed="20221114"))
        after = only(submission(cover(period="09-30-2022"), table([row()]), filed="20230103"))
        assert (before.unit, after.unit) == (1_000, 1)

    def test_dollars_before_the_change_are_seen_where_there_are_enough_securities(self) -> None:
        cusips = [f"{n:08}" for n in range(12)]
        rows = [row(cusip=c + str(_digit(c)), value=5_000, amount=100) for c in cusips]
        found = only(submission(cover(rows=12, value=60_000), table(rows), filed="20211112"))
        assert found.unit == 1
        assert (
            found.unit_doubt
            == "filed on 2021-11-12 under the form before 3 January 2023, which asks for thousands of dollars: the filer erred"
        )

    def test_a_handful_of_dear_shares_does_not_overrule_the_form(self) -> None:
        rows = [row(cusip=BERKSHIRE, value=3_000, amount=10)]
        found = only(submission(cover(value=3_000), table(rows), filed="20211112"))
        assert found.unit == 1_000

    def test_neither_options_nor_bonds_vote(self) -> None:
        cusips = [f"{n:08}" for n in range(12)]
        rows = [row(cusip=c + str(_digit(c)), value=1, amount=100, option="Put") for c in cusips]
        rows += [row(cusip=c + str(_digit(c)), value=1, amount=100, kind="PRN") for c in cusips]
        found = only(submission(cover(rows=24, value=24), table(rows)))
        assert (found.unit, found.unit_doubt) == (1, None)

    def test_without_any_day_the_unit_is_not_known(self) -> None:
        text = cover(period="09-30-2019", signed="")
        found = only(submission(text, table([row()]), filed="not told"))
        assert found.unit is None
        assert found.unit_doubt is not None


def _digit(base: str) -> int:
    """A check digit in the words of the numbering agency, beside the reader's own."""
    total = 0
    for at, sign in enumerate(base, start=1):
        value = int(sign) * (2 if at % 2 == 0 else 1)
        total += value // 10 + value % 10
    return (10 - total % 10) % 10


class TestCover:
    def test_totals_that_do_not_fit_are_said_and_nothing_is_rescaled(self) -> None:
        reading = read(submission(cover(rows=2, value=133), table([row()])))
        messages = [p.message for p in reading.problems]
        assert "the cover declares 2 rows, the table has 1" in messages
        assert any("declares a value of 133" in m and "the cover may be in thousands" in m for m in messages)
        found = reading.portfolios[0].body
        assert (found.told_value, found.total()) == (133, 132_690)

    def test_rounding_of_rows_is_no_difference(self) -> None:
        rows = [row(value=10) for _ in range(10)]
        assert not [
            p for p in read(submission(cover(rows=10, value=106), table(rows))).problems if "adds up" in p.message
        ]
        said = read(submission(cover(rows=10, value=107), table(rows))).problems
        assert [p.where for p in said if "add up" in p.message] == ["formData/summaryPage/tableValueTotal"]

    def test_amendments(self) -> None:
        for kind in ("RESTATEMENT", "NEW HOLDINGS"):
            more = f"<isAmendment>true</isAmendment><amendmentNo>2</amendmentNo><amendmentInfo><amendmentType>{kind}</amendmentType></amendmentInfo>"
            found = only(submission(cover(form="13F-HR/A", amendment=more), table([row()]), form="13F-HR/A"))
            assert (found.form, found.status, found.number, found.amending) == (
                "13F-HR",
                Status.AMENDMENT,
                2,
                Amending(kind),
            )
        silent = read(
            submission(
                cover(form="13F-HR/A", amendment="<isAmendment>true</isAmendment>"), table([row()]), form="13F-HR/A"
            )
        )
        assert silent.portfolios[0].body.amending is None
        assert any("does not say whether it restates" in p.message for p in silent.problems)

    def test_confidential_holdings_told_later(self) -> None:
        more = (
            "<isAmendment>true</isAmendment><amendmentNo>1</amendmentNo><amendmentInfo><amendmentType>NEW HOLDINGS</amendmentType>"
            "<confDeniedExpired>true</confDeniedExpired><dateDeniedExpired>01-15-2024</dateDeniedExpired>"
            "<dateReported>02-14-2023</dateReported><reasonForNonConfidentiality>Denied</reasonForNonConfidentiality></amendmentInfo>"
        )
        found = only(submission(cover(form="13F-HR/A", amendment=more), table([row()]), form="13F-HR/A"))
        assert (found.denied, found.denied_date, found.reported_date, found.why_public) == (
            True,
            date(2024, 1, 15),
            date(2023, 2, 14),
            "Denied",
        )

    def test_no_report_without_its_table(self) -> None:
        assert "has no information table" in refused(submission(cover(), None)).message
        assert "stops before" in refused(submission(cover(), None, count=2)).message
        assert (
            "several"
            in refused(
                submission(cover(), table([row()])).replace(b"</SEC-DOCUMENT>", b"")
                + submission(None, table([row()])).partition(b"</SEC-HEADER>")[2]
            ).message
        )
        assert only(submission(cover(rows=0, value=0), None)).table is None

    def test_a_bare_table_is_nobodys(self) -> None:
        assert "without its cover" in refused(table([row()]).encode()).message

    def test_a_test_filing_reports_nothing(self) -> None:
        assert "test filing" in refused(submission(cover(live="TEST"), table([row()]))).message


class TestHostile:
    @pytest.mark.parametrize(
        "text",
        [
            table([row()])[:-30],
            table([row()]).replace("</infoTable>", ""),
            table([row()]).replace("APPLE INC", "AP\x00PLE"),
            table([row()]).replace("APPLE INC", "AP\x01PLE"),
            table([row()]).replace("APPLE INC", "AP]]>PLE"),
            table([row()]).replace("APPLE INC", "&unknown;"),
            table([row()], lead='<!DOCTYPE a [<!ENTITY b "c">]>').replace("APPLE INC", "&b;"),
            table([row()], lead='<?xml version="1.0" encoding="UTF-16"?>'),
            table([row()]) + "<more/>",
            table([row()]).replace("<value>", "<value>" + "<a>" * 3_000),
            table([row()]).replace(' xmlns="', ' xmlns="x'),
        ],
    )
    def test_half_a_portfolio_is_none(self, text: str) -> None:
        refused(submission(cover(), text))

    def test_what_is_no_row_cannot_fill_the_memory(self) -> None:
        junk = table([row()]).replace("<infoTable>", "<a/>" * 200_000 + "<infoTable>", 1)
        assert "no row" in refused(submission(cover(), junk)).message

    def test_a_row_larger_than_any_that_there_is(self) -> None:
        assert "one row of so many" in refused(submission(cover(), table([row(issuer="A" * 200_000)]))).message

    def test_too_many_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(thirteen_f_table, "MOST_ROWS", 3)
        assert "more than 3 rows" in refused(submission(cover(), table([row()] * 4))).message

    def test_problems_of_single_cells_are_counted_beyond_a_hundred(self) -> None:
        reading = read(submission(cover(rows=300), table([row(value="x", voting=(1, 0, 0))] * 300)))
        assert len(reading.problems) < 110
        assert any("200 more cells" in p.message for p in reading.problems)


_TEXTS = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.builds(
            row,
            issuer=_TEXTS,
            title=st.none() | _TEXTS,
            cusip=st.sampled_from([APPLE, BERKSHIRE, BOND, "", "x"]),
            value=st.integers(0, 10**19) | _TEXTS,
            amount=st.integers(0, 10**16),
            option=st.sampled_from([None, "Put", "Call", "Both"]),
            managers=st.sampled_from([None, "0", "1,2", "1 2", "a"]),
        ),
        max_size=6,
    ),
    prefix=st.sampled_from(["", "ns1:"]),
    indent=st.sampled_from(["", "\n", "\r\n\t"]),
)
def test_both_readings_agree(rows: list[dict[str, object]], prefix: str, indent: str) -> None:
    try:
        both(table(rows, prefix=prefix, indent=indent).encode())
    except thirteen_f_table._NotPlain:
        assert any("]]>" in str(v) for r in rows for v in r.values())
