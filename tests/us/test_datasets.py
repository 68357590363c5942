"""The SEC's data sets, made by hand in the columns of their readme files (no real one was at hand), and the two JSON files."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.notices import Absent, LineKind
from stakeline.model.numbers import Number
from stakeline.model.portfolios import Amending
from stakeline.model.problems import Problem
from stakeline.model.rows import Reading
from stakeline.regimes.us import datasets
from stakeline.workflows import loading
from tests.us.made_13f import APPLE, cover, row, submission, table

ONE, TWO = "0001234567-24-000001", "0007654321-24-000009"

THIRTEEN_F = {
    "SUBMISSION": f"""ACCESSION_NUMBER	FILING_DATE	SUBMISSIONTYPE	CIK	PERIODOFREPORT
{ONE}	09-FEB-2024	13F-HR	0001234567	31-DEC-2023
{TWO}	12-FEB-2024	13F-HR/A	0007654321	31-DEC-2023
""",
    "COVERPAGE": f"""ACCESSION_NUMBER	REPORTCALENDARORQUARTER	ISAMENDMENT	AMENDMENTNO	AMENDMENTTYPE	FILINGMANAGER_NAME	FILINGMANAGER_CITY	REPORTTYPE	FORM13FFILENUMBER	PROVIDEINFOFORINSTRUCTION5
{ONE}	31-DEC-2023	N			Example Capital LLC	Omaha	13F HOLDINGS REPORT	028-00001	N
{TWO}	31-DEC-2023	Y	3	NEW HOLDINGS	Other Capital LP	Boston	13F HOLDINGS REPORT	028-00002	N
""",
    "SIGNATURE": f"ACCESSION_NUMBER	NAME	SIGNATUREDATE\n{ONE}	A Person	09-FEB-2024\n",
    "SUMMARYPAGE": f"""ACCESSION_NUMBER	OTHERINCLUDEDMANAGERSCOUNT	TABLEENTRYTOTAL	TABLEVALUETOTAL	ISCONFIDENTIALOMITTED
{ONE}	1	2	1134000	N
{TWO}	0	1	50	Y
""",
    "OTHERMANAGER2": f"ACCESSION_NUMBER	SEQUENCENUMBER	CIK	FORM13FFILENUMBER	NAME\n{ONE}	4	0001111111	028-00004	Sub Adviser Ltd\n",
    "INFOTABLE": f"""ACCESSION_NUMBER	INFOTABLE_SK	NAMEOFISSUER	TITLEOFCLASS	CUSIP	FIGI	VALUE	SSHPRNAMT	SSHPRNAMTTYPE	PUTCALL	INVESTMENTDISCRETION	OTHERMANAGER	VOTING_AUTH_SOLE	VOTING_AUTH_SHARED	VOTING_AUTH_NONE
{ONE}	1	APPLE INC	COM	{APPLE}		945000	5000	SH		DFND	4	5000	0	0
{ONE}	2	APPLE INC	COM	{APPLE}		189000	1000	SH	Put	SOLE		0	0	0
{TWO}	3	APPLE INC	COM	{APPLE}		50	x	SH		SOLE		0	0	0
""",
}
INSIDER = {
    "SUBMISSION": f"""ACCESSION_NUMBER	FILING_DATE	PERIOD_OF_REPORT	NOT_SUBJECT_SEC16	DOCUMENT_TYPE	ISSUERCIK	ISSUERNAME	ISSUERTRADINGSYMBOL	REMARKS	AFF10B5ONE
{ONE}	05-JAN-2024	03-JAN-2024	0	4	0000320193	Apple Inc.	AAPL		1
""",
    "REPORTINGOWNER": f"""ACCESSION_NUMBER	RPTOWNERCIK	RPTOWNERNAME	RPTOWNER_RELATIONSHIP	RPTOWNER_TITLE	RPTOWNER_CITY
{ONE}	0001214156	COOK TIMOTHY D	Director,Officer	Chief Executive Officer	CUPERTINO
{ONE}	0001999999	A TRUST	TenPercentOwner
""".replace("TenPercentOwner\n", "TenPercentOwner\t\t\n"),
    "NONDERIV_TRANS": f"""ACCESSION_NUMBER	NONDERIV_TRANS_SK	SECURITY_TITLE	TRANS_DATE	TRANS_FORM_TYPE	TRANS_CODE	EQUITY_SWAP_INVOLVED	TRANS_SHARES	TRANS_PRICEPERSHARE	TRANS_PRICEPERSHARE_FN	TRANS_ACQUIRED_DISP_CD	SHRS_OWND_FOLWNG_TRANS	DIRECT_INDIRECT_OWNERSHIP	NATURE_OF_OWNERSHIP
{ONE}	1	Common Stock	03-JAN-2024	4	S	0	1000.5	185.25	F1,F2	D	3280180	D
{ONE}	2	Common Stock	03-JAN-2024	4	S	0	10		F1	D	3280170	I	By Trust
""".replace("3280180	D\n", "3280180	D	\n"),
    "FOOTNOTES": f"ACCESSION_NUMBER	FOOTNOTE_ID	FOOTNOTE_TXT\n{ONE}	F1	A weighted average.\n{ONE}	F2	Under a plan.\n",
    "OWNER_SIGNATURE": f"ACCESSION_NUMBER	OWNERSIGNATURENAME	OWNERSIGNATUREDATE\n{ONE}	/s/ A, attorney	05-JAN-2024\n",
}


def zipped(tables: dict[str, str]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in tables.items():
            archive.writestr(f"2024q1/{name}.tsv", text)
    stream.seek(0)
    return stream


def documents(tables: dict[str, str]) -> list[Document]:
    found = list(datasets.split(zipped(tables), "2024q1.zip"))
    assert not [f for f in found if isinstance(f, Problem)]
    return [f for f in found if isinstance(f, Document)]


def read(data: bytes) -> Reading:
    reading = regimes.read(Document(data=data, name="x"))
    assert reading is not None
    return reading


class TestThirteenF:
    def test_one_portfolio_for_each_filing(self) -> None:
        one, two = documents(THIRTEEN_F)
        assert one.name == f"2024q1.zip!{ONE}"
        found = read(one.data).portfolios[0].body
        assert (found.manager.name, found.manager.code, found.manager.address) == (
            "Example Capital LLC",
            "0001234567",
            "Omaha",
        )
        assert (found.period, found.serial, found.told_rows, found.told_value) == (
            date(2023, 12, 31),
            ONE,
            2,
            1_134_000,
        )
        assert found.known_from == datetime(2024, 2, 10, 4, 59, 59, 999999, tzinfo=UTC)
        assert [(h.amount, h.put_call, h.managers) for h in found.holdings()] == [
            (5000, None, "4"),
            (1000, "Put", None),
        ]
        assert [(m.number, m.name) for m in found.included] == [(4, "Sub Adviser Ltd")]
        assert found.unit == 1
        other = read(two.data)
        added = other.portfolios[0].body
        assert (added.number, added.amending, added.omitted) == (3, Amending.ADDS, True)
        assert [h.amount for h in added.holdings()] == [None]
        assert [p.where for p in other.problems] == ["row 1, amount"]

    def test_it_says_what_the_submission_itself_says(self) -> None:
        rows = [
            row(value=945_000, amount=5_000, discretion="DFND", managers="4", voting=(5_000, 0, 0)),
            row(value=189_000, amount=1_000, option="Put", voting=(0, 0, 0)),
        ]
        filed = read(submission(cover(rows=2, value=1_134_000), table(rows))).portfolios[0].body
        told = read(documents(THIRTEEN_F)[0].data).portfolios[0].body
        assert told.table == filed.table
        assert (told.serial, told.period, told.unit, told.manager.code) == (
            filed.serial,
            filed.period,
            filed.unit,
            filed.manager.code,
        )

    def test_a_line_with_other_columns_keeps_the_filing_out(self) -> None:
        broken = THIRTEEN_F | {"INFOTABLE": THIRTEEN_F["INFOTABLE"].replace("APPLE INC", "APPLE\tINC", 1)}
        reading = read(documents(broken)[0].data)
        assert (reading.portfolios, reading.quarantined) == ((), 1)

    def test_lines_that_lie_apart_are_said(self) -> None:
        lines = THIRTEEN_F["INFOTABLE"].splitlines(keepends=True)
        apart = THIRTEEN_F | {"INFOTABLE": "".join((lines[0], lines[1], lines[3], lines[2]))}
        found = list(datasets.split(zipped(apart), "x.zip"))
        assert [f.message for f in found if isinstance(f, Problem)] == [
            "lines of one filing stand apart in the table, so that those before were taken for all"
        ]
        first = next(f for f in found if isinstance(f, Document) and f.name.endswith(ONE))
        assert any("declares 2 rows, the table has 1" in p.message for p in read(first.data).problems)

    def test_it_is_loaded_like_any_other_file(self, tmp_path: Path) -> None:
        path = tmp_path / "2024q1_form13f.zip"
        path.write_bytes(zipped(THIRTEEN_F).getvalue())
        read_ = list(loading.read([str(path)]))
        assert [Path(d.name).name for d, _ in read_] == [f"{path.name}!{ONE}", f"{path.name}!{TWO}"]
        assert [r.portfolios[0].body.rows for _, r in read_] == [2, 1]
        (tmp_path / "damaged.zip").write_bytes(zipped(THIRTEEN_F).getvalue().replace(b"APPLE INC", b"APPLE???"))
        (_, damaged) = next(iter(loading.read([str(tmp_path / "damaged.zip")])))
        assert damaged.quarantined == 1

    def test_which_zip_is_a_data_set(self) -> None:
        assert datasets.is_data_set([f"{n}.tsv" for n in THIRTEEN_F])
        assert datasets.is_data_set([f"2024q1_form345/{n}.tsv" for n in INSIDER])
        assert not datasets.is_data_set(["SUBMISSION.tsv", "page.html"])


class TestInsider:
    def test_a_form_4(self) -> None:
        (one,) = documents(INSIDER)
        reading = read(one.data)
        assert reading.problems == ()
        found = reading.notices[0].body
        assert (found.form, found.issuer_code, found.symbol, found.serial) == ("4", "0000320193", "AAPL", ONE)
        assert (found.holder.name, found.holder.roles) == ("COOK TIMOTHY D", ("director", "officer"))
        assert [(h.code, h.roles) for h in found.joint] == [("0001999999", ("10% owner",))]
        first, second = found.lines
        assert (first.table, first.kind, first.code, first.day) == ("I", LineKind.TRANSACTION, "S", date(2024, 1, 3))
        assert (first.shares, first.price) == (Number(Decimal("1000.5")), Number(Decimal("185.25")))
        assert first.notes == (("price", "F1 F2"),)
        assert second.price is Absent.NOT_DISCLOSED
        assert (second.held, second.nature) == ("I", "By Trust")
        assert [(f.id, f.text) for f in found.footnotes] == [("F1", "A weighted average."), ("F2", "Under a plan.")]
        assert found.plan is True


class TestJson:
    def test_share_counts_of_a_real_company(self, samples: Path) -> None:
        reading = read((samples / "us/companyfacts/lpa_companyfacts.json").read_bytes())
        counts = [r.body for r in reading.facts if r.body.measure == "shares.issued"]
        assert [(c.subject, c.item, c.period, c.number) for c in counts][:2] == [
            ("us:0001997711", "all", "2024-03-28", Number(Decimal(31_709_747))),
            ("us:0001997711", "all", "2025-04-02", Number(Decimal(31_668_601))),
        ]
        assert counts[0].known_from == datetime(2024, 4, 27, 3, 59, 59, 999999, tzinfo=UTC)
        assert counts[0].cites == ("Form 20-F, 0001493152-24-016772",)

    def test_of_several_counts_the_class_is_not_known(self) -> None:
        told = (
            '{"cik": 12, "entityName": "Two Classes", "facts": {"dei": {"EntityCommonStockSharesOutstanding": {"units": '
            '{"shares": [{"end":"2024-01-31","val":100,"accn":"a","filed":"2024-02-01","form":"10-K"},'
            '{"end":"2024-01-31","val":7,"accn":"a","filed":"2024-02-01","form":"10-K"},'
            '{"end":"2024-04-30","val":107.0,"accn":"b","filed":"2024-05-01","form":"10-Q"},'
            '{"end":"2024-04-30","val":1e40,"accn":"c","filed":"2024-05-01","form":"10-Q"},'
            '{"end":"2024-04-31","val":1,"accn":"d","filed":"2024-05-01","form":"10-Q"}]}}}}}'
        )
        reading = read(told.encode())
        counts = [r.body for r in reading.facts if r.body.measure == "shares.issued"]
        assert [(c.item, c.number, c.doubt is None) for c in counts] == [
            (None, Number(Decimal(100)), False),
            (None, Number(Decimal(7)), False),
            ("all", Number(Decimal(107)), True),
        ]
        assert reading.quarantined == 2
        assert reading.inputs == 1 + 5

    def test_names_of_an_issuer_and_none_of_a_person(self, samples: Path) -> None:
        folder = samples / "us/submissions"
        names = [
            (r.body.item, r.body.text, r.body.period)
            for r in read((folder / "company_submission.json").read_bytes()).facts
        ]
        assert names == [
            ("en", "Tesla, Inc.", "2017-01-27.."),
            ("en", "TESLA MOTORS INC", "2005-02-17..2017-01-27"),
            ("short", "TSLA", None),
        ]
        assert read((folder / "CIK0000315090_owner.json").read_bytes()).facts == ()

    def test_what_is_no_such_json_is_said(self) -> None:
        assert read(b'{"cik": 5, "facts": [').quarantined == 1
        assert read(b'{"cik": "x", "facts": {}}').quarantined == 1

    def test_places_are_found_again(self) -> None:
        told = (
            b'{"cik": 12, "entityName": "One Class", "facts": {"dei": {"EntityCommonStockSharesOutstanding": {"units": '
            b'{"shares": [{"end":"2024-01-31","val":100,"accn":"a","filed":"2024-02-01","form":"10-K"}]}}}}}'
        )
        name, count = read(told).facts
        document = Document(data=told, name="")
        assert regimes.quote(document, name.locator) == "One Class"
        assert '"val":100' in (regimes.quote(document, count.locator) or "")
        assert regimes.quote(document, "facts/dei/none/0") is None
