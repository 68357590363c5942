"""From reports on Form 13F to the ledger and to `show`: what stands, what is added, what is never added up."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stakeline import regimes
from stakeline.cli import main
from stakeline.ledger import Ledger
from stakeline.model.documents import Document
from stakeline.model.errors import AmbiguousName, UnknownName
from stakeline.model.rows import Reading
from stakeline.workflows import quarters
from stakeline.workflows.loading import load_documents
from stakeline.workflows.punctual import punctual
from tests.us.made_13f import APPLE, BERKSHIRE, cover, row, submission, table

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def amendment(kind: str, number: int) -> str:
    told = f"<amendmentInfo><amendmentType>{kind}</amendmentType></amendmentInfo>" if kind else ""
    return f"<isAmendment>true</isAmendment><amendmentNo>{number}</amendmentNo>{told}"


def report(
    at: int,
    *rows: dict[str, object],
    kind: str | None = None,
    period: str = "12-31-2023",
    name: str = "Example Capital LLC",
    filed: str = "",
) -> bytes:
    form = "13F-HR" if kind is None else "13F-HR/A"
    value = sum(int(str(r["value"])) for r in rows)
    text = cover(
        form=form,
        period=period,
        name=name,
        rows=len(rows),
        value=value,
        amendment="" if kind is None else amendment(kind, at),
    )
    return submission(text, table(rows), form=form, filed=filed or f"202402{at:02}", accession=f"0001234567-24-{at:06}")


def other(data: bytes) -> bytes:
    """The same by another manager."""
    return data.replace(b"0001234567", b"0007654321").replace(b"Example Capital", b"Other Capital")


def loaded(folder: Path, *documents: bytes) -> Ledger:
    ledger = Ledger.create(folder / "ledger")

    def read(data: bytes) -> tuple[Document, Reading]:
        document = Document(data=data, name="x")
        reading = regimes.read(document)
        assert reading is not None
        return document, reading

    receipt = ledger.load([read(data) for data in documents], recorded_at=NOW)
    assert receipt.inputs == receipt.accepted + receipt.known + receipt.quarantined
    return ledger


def held(
    ledger: Ledger, name: str, on: str = "2024-03-01", known: str | None = None
) -> list[tuple[str | None, str | None, int | None]]:
    told = quarters.of_name(ledger, name, on=on, known=known)
    return [] if told is None else [(h.cusip, h.option, h.amount) for h in told.held]


APPLES = row(value=1_890_000, amount=10_000)
MORE = row(issuer="BERKSHIRE HATHAWAY INC DEL", title="CL A", cusip=BERKSHIRE, value=540_000, amount=1)


class TestAmendments:
    def test_a_restatement_stands_in_the_place_of_the_report(self, tmp_path: Path) -> None:
        ledger = loaded(
            tmp_path, report(1, APPLES, MORE), report(2, row(value=945_000, amount=5_000), kind="RESTATEMENT")
        )
        assert held(ledger, "Example Capital LLC") == [(APPLE, None, 5_000)]
        assert held(ledger, "Example Capital LLC", known="2024-02-01T23:00") == [
            (APPLE, None, 10_000),
            (BERKSHIRE, None, 1),
        ]

    def test_new_holdings_join_what_is_there(self, tmp_path: Path) -> None:
        ledger = loaded(tmp_path, report(1, APPLES), report(2, MORE, kind="NEW HOLDINGS"))
        assert held(ledger, "Example Capital LLC") == [(APPLE, None, 10_000), (BERKSHIRE, None, 1)]

    def test_a_later_restatement_drops_what_was_added(self, tmp_path: Path) -> None:
        documents = report(1, APPLES), report(2, MORE, kind="NEW HOLDINGS"), report(3, APPLES, kind="RESTATEMENT")
        assert held(loaded(tmp_path, *documents), "Example Capital LLC") == [(APPLE, None, 10_000)]

    def test_one_that_does_not_say_what_it_does_changes_nothing(self, tmp_path: Path) -> None:
        told = quarters.of_name(
            loaded(tmp_path, report(1, APPLES), report(2, MORE, kind="")), "1234567", on="2024-03-01", known=None
        )
        assert told is not None
        assert [h.cusip for h in told.held] == [APPLE]
        assert told.unclear == ("0001234567-24-000002",)

    def test_the_last_quarter_that_had_ended(self, tmp_path: Path) -> None:
        ledger = loaded(tmp_path, report(1, APPLES), report(2, MORE, period="03-31-2024", filed="20240514"))
        assert held(ledger, "Example Capital LLC", on="2024-03-30") == [(APPLE, None, 10_000)]
        assert held(ledger, "Example Capital LLC", on="2024-03-31") == [(BERKSHIRE, None, 1)]


class TestPositions:
    def test_rows_of_a_manager_add_up_and_options_stay_apart(self, tmp_path: Path) -> None:
        rows = [
            APPLES,
            row(value=945_000, amount=5_000, managers="2", discretion="DFND"),
            row(value=189, amount=1, option="Put"),
        ]
        assert held(loaded(tmp_path, report(1, *rows)), "Example Capital LLC") == [
            (APPLE, None, 15_000),
            (APPLE, "Put", 1),
        ]

    def test_managers_who_share_discretion_are_not_added_up(self, tmp_path: Path) -> None:
        shared = row(value=945_000, amount=5_000, discretion="DFND")
        ledger = loaded(tmp_path, report(1, shared), other(report(1, shared)))
        for name in (APPLE, "Apple Inc", "apple inc"):
            told = quarters.of_name(ledger, name, on="2024-03-01", known=None)
            assert told is not None
            assert [(h.manager, h.amount, h.value) for h in told.held] == [
                ("Example Capital LLC", 5_000, 945_000),
                ("Other Capital LLC", 5_000, 945_000),
            ]

    def test_values_in_thousands_come_out_in_dollars(self, tmp_path: Path) -> None:
        ledger = loaded(tmp_path, report(1, row(value=1_890, amount=10_000), period="09-30-2021", filed="20211112"))
        told = quarters.of_name(ledger, APPLE, on="2024-03-01", known=None)
        assert told is not None
        assert [(h.value, h.unit) for h in told.held] == [(1_890_000, 1_000)]

    def test_what_cannot_be_read_is_not_summed(self, tmp_path: Path) -> None:
        data = report(1, APPLES, APPLES).replace(b"<sshPrnamt>10000<", b"<sshPrnamt>ten<", 1)
        told = quarters.of_name(loaded(tmp_path, data), APPLE, on="2024-03-01", known=None)
        assert told is not None
        assert [(h.amount, h.value) for h in told.held] == [(None, 3_780_000)]

    def test_nobody(self, tmp_path: Path) -> None:
        assert quarters.of_name(loaded(tmp_path, report(1, APPLES)), "Nobody", on=None, known=None) is None


class TestLedger:
    def test_it_verifies_and_says_every_row(self, tmp_path: Path) -> None:
        ledger = loaded(tmp_path, report(1, APPLES, MORE), report(2, MORE, kind="NEW HOLDINGS"))
        assert ledger.verify() == []
        (first,) = ledger.portfolios(subjects={"us:0001234567"}, known=datetime(2024, 2, 2, 6, tzinfo=UTC))
        assert first.body.rows == 2
        assert [(r.row, r.issuer, r.amount) for r in ledger.positions(keys=[first.key])] == [
            (1, "APPLE INC", 10_000),
            (2, "BERKSHIRE HATHAWAY INC DEL", 1),
        ]
        ledger.compact(recorded_at=NOW)
        assert ledger.verify() == []
        assert [p.amount for p in ledger.positions(issuer_like="hathaway")] == [1, 1]

    def test_the_same_report_twice_is_one(self, tmp_path: Path) -> None:
        ledger = loaded(tmp_path, report(1, APPLES), report(1, APPLES) + b"\n")
        (one,) = ledger.portfolios()
        assert len(one.sightings) == 2
        assert len(ledger.positions()) == 1

    def test_a_long_table_is_written_on_its_own_and_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("stakeline.ledger.waiting._LONG", 2)
        ledger = loaded(tmp_path, report(1, MORE, APPLES), report(2, MORE, kind="NEW HOLDINGS"))
        again = load_documents(ledger, [Document(data=report(1, MORE, APPLES) + b"\n", name="again.txt")])
        assert (again.documents, again.accepted, again.known) == (1, 0, 1)
        assert sorted(str(p.issuer) for p in ledger.positions()) == ["APPLE INC", *["BERKSHIRE HATHAWAY INC DEL"] * 2]
        assert ledger.verify() == []

    def test_order_does_not_matter(self, tmp_path: Path) -> None:
        documents = [report(1, APPLES), report(2, MORE, kind="NEW HOLDINGS"), other(report(1, APPLES))]
        assert loaded(tmp_path / "a", *documents).digest() == loaded(tmp_path / "b", *reversed(documents)).digest()


def test_show_prints_basis_and_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = loaded(tmp_path, report(1, APPLES, row(value=189, amount=1, option="Call", discretion="DFND")))
    assert main(["--ledger", str(ledger.folder), "show", "Apple Inc", "--on", "2024-03-01"]) == 0
    printed = capsys.readouterr().out
    for words in (
        "Form 13F",
        "2023-12-31",
        "10,000",
        "shares under Call options",
        "0001234567-24-000001",
        "DFND",
        "told in: dollars",
    ):
        assert words in printed, words


def test_a_position_leads_to_its_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = row(amount=2_500, value=331_725, discretion="DFND", managers="1")
    ledger = loaded(tmp_path, report(1, APPLES, row(cusip=BERKSHIRE, issuer="BERKSHIRE HATHAWAY INC DEL"), again))
    told = quarters.of_name(ledger, "Apple Inc", on="2024-03-01", known=None)
    assert told is not None
    (cite,) = told.held[0].cites
    assert cite.endswith("#1")
    assert main(["--ledger", str(ledger.folder), "why", cite]) == 0
    printed = capsys.readouterr().out
    for words in (
        "12,500 shares · APPLE INC, COM, CUSIP 037833100, as Example Capital LLC reported on Form 13F-HR",
        "rows of one security, added",
        "read in information table, row 1",
        "sshPrnamt 10000; sshPrnamtType SH; investmentDiscretion SOLE",
        "read in information table, row 3",
        "sshPrnamt 2500; sshPrnamtType SH; investmentDiscretion DFND; otherManager 1",
    ):
        assert words in printed, words
    assert "BERKSHIRE" not in printed


@pytest.mark.parametrize("cite", ["0123456789ab#1", "{key}#9", "{key}#0", "{key}", "#1"])
def test_a_row_that_is_not_there(tmp_path: Path, cite: str, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = loaded(tmp_path, report(1, APPLES))
    (head,) = ledger.reports()
    assert main(["--ledger", str(ledger.folder), "why", cite.format(key=head.key[:12])]) != 0
    assert "figure" in capsys.readouterr().err


def test_securities_without_a_cusip_are_not_one(tmp_path: Path) -> None:
    blank = [
        row(issuer=name, cusip="000000000", amount=at, value=10 * at) for at, name in ((100, "A CO"), (20, "B CO"))
    ]
    told = quarters.of_name(loaded(tmp_path, report(1, *blank)), "Example Capital LLC", on=None, known=None)
    assert told is not None
    assert [(h.issuer, h.amount) for h in told.held] == [("A CO", 100), ("B CO", 20)]


@pytest.mark.parametrize(
    ("filed", "accepted", "words"),
    [
        ("20240214", "160211", "due 2024-02-14, filed 2024-02-14, on time (45 calendar days"),
        ("20240215", "090000", "due 2024-02-14, filed 2024-02-15, late (45 calendar days"),
        ("20240214", "174500", "due 2024-02-14, late"),  # past 5:30 p.m.: filed on the 15th
        ("20240213", "174500", "due 2024-02-14, unknown"),
    ],
)
def test_a_report_is_due_45_days_after_its_quarter(
    tmp_path: Path, filed: str, accepted: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = report(1, APPLES, filed=filed).replace(f"{filed}160211".encode(), f"{filed}{accepted}".encode())
    ledger = loaded(tmp_path, data)
    assert main(["--ledger", str(ledger.folder), "show", "Example Capital LLC", "--on", "2024-06-01"]) == 0
    assert words in capsys.readouterr().out


def test_no_day_is_set_for_an_amendment(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, report(1, APPLES), report(2, MORE, kind="NEW HOLDINGS"))
    told = quarters.of_name(ledger, "Example Capital LLC", on="2024-03-01", known=None)
    assert told is not None
    assert [(r.answer.timing.value, r.answer.due is None) for r in told.reports] == [
        ("on time", False),
        ("unknown", True),
    ]
    assert "an amendment has none" in " ".join(told.reports[1].answer.missing)


def test_part_of_a_managers_name_is_enough_where_one_has_it(tmp_path: Path) -> None:
    both = loaded(tmp_path, report(1, APPLES), other(report(2, MORE)))
    assert held(both, "Other Cap") == held(both, "Other Capital LLC") != []
    assert held(both, "Othr") == []
    with pytest.raises(AmbiguousName, match="fits several"):
        held(both, "Capital LLC")


def test_punctual_lists_a_managers_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """45 days after 31 December 2023 is 14 February 2024; 20 February is six days later (Rule 13f-1(a))."""
    ledger = loaded(
        tmp_path,
        report(1, APPLES, filed="20240214"),
        report(2, MORE, kind="NEW HOLDINGS"),
        other(report(3, APPLES, filed="20240220")),
    )
    assert main(["--ledger", str(ledger.folder), "punctual", "Example Capital"]) == 0
    out = capsys.readouterr().out
    assert "2 notices of Example Capital LLC: 1 on time, 0 late, 0 late unless excused as said, 1 unknown" in out
    told = punctual(ledger, "other capital llc")
    assert [(n.id, n.filed, n.answer.due, n.answer.days_late, n.answer.unit) for n in told.notices] == [
        ("0007654321-24-000003", date(2024, 2, 20), date(2024, 2, 14), 6, "calendar day")
    ]
    assert punctual(ledger, "Other Capital", until="2023-12-30").notices == ()
    with pytest.raises(UnknownName):
        punctual(ledger, "Other Capital", holder="anybody")
