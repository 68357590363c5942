"""Nothing lost and nothing invented, whatever is wrong with a document. The soak does the same to ten thousand."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from stakeline.ledger import Ledger, Receipt
from stakeline.model.documents import Document
from stakeline.model.notices import Leg
from stakeline.model.numbers import Number
from stakeline.model.rows import Reading
from stakeline.workflows.readers import as_named, read_document
from tests.hostile import mutations
from tests.hostile.mutations import mutant
from tests.hostile.originals import made_pages, originals
from tests.hostile.properties import faults, fingerprint, invented

_QUICK, _QUICK_PART = 400, 100
_SOAK, _SOAK_PART = 10_000, 500
_MOST_SECONDS, _MOST_MB = 2.0, 256
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("first", range(0, _QUICK, _QUICK_PART))
def test_mutants_are_read_in_time_and_nothing_is_invented(first: int) -> None:
    wrong: list[str] = []
    for seed in range(first, first + _QUICK_PART):
        name, document = mutant(seed, originals())
        start = time.process_time()
        document = as_named(document)
        reading = read_document(document)
        seconds = time.process_time() - start
        wrong += [f"{name}: {fault}" for fault in faults(document, reading, read_document(document))]
        if seconds > _MOST_SECONDS:
            wrong.append(f"{name}: took {seconds:.1f} s")
    assert not wrong


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(0, _SOAK, _SOAK_PART))
def test_ten_thousand_mutants(first: int, capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-m", "tests.hostile.soak", str(first), str(first + _SOAK_PART)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, check=False, timeout=880)
    assert done.returncode == 0, f"the reading process ended with {done.returncode}"
    told = json.loads(done.stdout)
    with capfd.disabled():
        sys.stdout.write(
            f"\n  mutants {first} to {first + _SOAK_PART - 1}: { {k: v for k, v in told.items() if k != 'wrong'} }\n"
        )
    assert told["wrong"] == []
    assert told["slowest"][0] < _MOST_SECONDS
    assert told["largest MB"][0] < _MOST_MB


@pytest.mark.parametrize("first", [0, pytest.param(20_000, marks=pytest.mark.soak)])
def test_a_ledger_of_mutants_adds_up_in_any_order(first: int, tmp_path: Path) -> None:
    found = [as_named(mutant(seed, originals())[1]) for seed in range(first, first + 60)]
    read = [(document, read_document(document)) for document in found]
    one, other = Ledger.create(tmp_path / "one"), Ledger.create(tmp_path / "other")
    receipt = one.load(read + read[:5], recorded_at=_NOW)
    _adds_up(receipt, read + read[:5])
    for at, part in enumerate((read[40:], read[:40][::-1])):
        _adds_up(other.load(part, recorded_at=_NOW + timedelta(days=at)), part)
    assert one.digest() == other.digest()
    assert one.verify() == []
    again = one.load([(d, None) for d, _ in read], recorded_at=_NOW + timedelta(days=9))
    assert (again.accepted, again.quarantined) == (0, 0)
    assert again.known == again.inputs


def _adds_up(receipt: Receipt, read: list[tuple[Document, Reading]]) -> None:
    assert receipt.inputs == receipt.accepted + receipt.known + receipt.quarantined
    assert receipt.documents == len({d.sha256 for d, _ in read})
    assert receipt.inputs == sum(reading.inputs for _, reading in read)
    first = {d.sha256: reading for d, reading in read}
    assert receipt.quarantined == sum(reading.quarantined for reading in first.values())


def test_the_originals_themselves_are_read_whole() -> None:
    for document in map(as_named, originals()):
        reading = read_document(document)
        assert reading.notices or reading.facts, document.name
        assert not invented(document, reading), document.name


@pytest.mark.parametrize("kind", ["form2", "form1", "form3a", "list", "chinese", "old"])
def test_half_a_page_is_never_taken_for_a_whole_one(kind: str) -> None:
    """A page cut anywhere before its end says so, or is no page of ours any more; or it is a list of which no row is cut."""
    whole = next(d.data for d in made_pages() if d.name == f"{kind}-0.html")
    dice = Random(kind)
    for _ in range(60):
        cut = whole[: dice.randrange(1, whole.lower().rindex(b"</html"))]
        reading = read_document(Document(data=cut, name="cut.html"))
        assert reading.problems or len(reading.notices) == 12, cut[-60:]
        if reading.reader is None or not reading.notices:
            assert reading.quarantined


@pytest.mark.parametrize("kind", ["form2", "form1", "form3a", "plain"])
def test_two_notices_in_one_file_are_none(kind: str) -> None:
    whole = next(d.data for d in made_pages() if d.name == f"{kind}-0.html")
    twice = whole + whole.replace(b"80,000,000", b"90,000,000").replace(b"2,271", b"2,272").replace(b"8.74", b"8.75")
    reading = read_document(Document(data=twice, name="two.html"))
    assert not reading.notices
    assert reading.quarantined == 1


def test_a_row_left_out_of_a_list_is_missed() -> None:
    whole = next(d.data for d in made_pages() if d.name == "list-0.html")
    assert not read_document(Document(data=whole, name="x")).quarantined
    less = mutations.drop_row(Random(1), whole)
    assert less != whole
    assert read_document(Document(data=less, name="x")).quarantined >= 1


@pytest.mark.parametrize("number", mutations.ODD_NUMBERS)
@pytest.mark.parametrize("kind", ["form2-0.html", "list-0.html"])
def test_odd_numbers_are_never_figures(number: str, kind: str) -> None:
    """The shares of the event: read as printed, or unreadable with a problem; never zero, never something near it."""
    whole = next(d.data for d in made_pages() if d.name == kind)
    odd = whole.replace(b"80,000,000", number.replace("<", "&lt;").encode())
    document = Document(data=odd, name=kind)
    reading = read_document(document)
    assert not invented(document, reading)
    for notice in (n for n in reading.notices if n.body.serial == "CS20221111E00123"):
        shares = notice.body.trades[0].shares if notice.body.trades else None
        if not isinstance(shares, str | None):
            assert f"{shares.value:f}" in number.translate(_FULL_WIDTH).replace(",", "")
        elif shares == "unreadable":
            assert reading.problems


_FULL_WIDTH = {0xFF01 + n: chr(0x21 + n) for n in range(94)}


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("80,000<b>,000</b>", "split by bold"),
        ("80,000,000<sup>2</sup>", "a footnote's mark"),
        ("80<!-- -->,000,000", "split by a comment"),
        ("80,000,000<del>,000</del>", "struck out"),
        ("8<i></i>0,000,000", "an empty element"),
        ("80,000,00<td>0", "split over cells"),
        ("80,000,\u200b000", "a zero-width space"),
        ("\u202e000,000,08\u202c", "turned round"),
        ("8\u00ad0,000,000", "a soft hyphen"),
        ("80,000,000\u0000", "a NUL"),
        ("8&#8203;0,000,000", "an entity that prints nothing"),
        ("8<script>0</script>0,000,000", "a script"),
        ("80,000,000<textarea>0</textarea>", "a text area"),
    ],
)
@pytest.mark.parametrize("kind", ["form2-0.html", "list-0.html", "form3a-4.html"])
def test_figures_are_not_put_together(inside: str, why: str, kind: str) -> None:
    whole = next(d.data for d in made_pages() if d.name == kind)
    for figure in (b"80,000,000", b"2,271,000,000"):
        document = Document(data=whole.replace(figure, inside.encode()), name=kind)
        reading = read_document(document)
        assert not invented(document, reading), why


def test_what_is_invented_is_found_out() -> None:
    """The check itself: a figure, a day or a place that the document does not have is told of."""
    document = made_pages()[0]
    reading = read_document(document)
    (read,) = reading.notices
    for told in (
        replace(read.body, issued=Number(Decimal(25_978_640_001))),
        replace(read.body, after=(replace(read.body.after[0], percent=Number(Decimal("8.7"))),)),
        replace(read.body, after=(replace(read.body.after[0], leg=Leg.SHORT),)),
        replace(read.body, event_date=date(2022, 11, 9)),
    ):
        assert invented(document, replace(reading, notices=(replace(read, body=told),)))


def test_mutants_are_the_same_every_time() -> None:
    for seed in range(50):
        assert mutant(seed, originals()) == mutant(seed, originals())
    kinds: set[Callable[..., bytes]] = set(mutations._MUTATORS)
    assert len(kinds) > 30


def test_reading_does_not_depend_on_what_was_read_before() -> None:
    found = [mutant(seed, originals())[1] for seed in range(500, 540)]
    one = [fingerprint(read_document(d)) for d in found]
    other = [fingerprint(read_document(d)) for d in reversed(found)]
    assert one == other[::-1]
