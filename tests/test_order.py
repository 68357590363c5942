"""Whatever the order and the loads: random histories from `tests.histories` as documents, put into ledgers in any order."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from stakeline import Document, Ledger, Reading, load_documents, rebuild
from stakeline.ledger import digest_of
from stakeline.model.rows import Read
from stakeline.workflows.where import now
from tests import histories

Handed = tuple[Document, Reading]
SLICE, WHOLE, PART = 2_000, 100_000, 5_000


def documents(seed: int) -> list[Handed]:
    """A random history as list pages of a few notices each, some of them overlapping."""
    rng = Random(seed)
    rows = histories.rows(histories.history(seed))
    made = []
    for number in range(rng.randint(1, 3)):
        chosen = [r for r in rows if rng.random() < 0.7] or list(rows)
        reads = tuple(Read(r.body, f"row {n}") for n, r in enumerate(chosen, start=1))
        data = f"page {number} of {seed}: {[r.key for r in chosen]}".encode()
        made.append((Document(data=data, name=f"{seed}-{number}.html"), Reading(reader="made", notices=reads)))
    return made


def check(seeds: Sequence[int]) -> None:
    for seed in seeds:
        handed = documents(seed)
        digest = digest_of(handed)
        rng = Random(seed)
        again = handed + rng.choices(handed, k=2)
        rng.shuffle(again)
        assert digest_of(again) == digest, seed


def test_any_order_gives_the_same_digest() -> None:
    check(range(SLICE))


@pytest.mark.soak
@pytest.mark.parametrize("start", range(0, WHOLE, PART))
def test_any_order_gives_the_same_digest_over_all_histories(start: int) -> None:
    check(range(start, start + PART))


@pytest.mark.parametrize("seed", range(3))
def test_on_disk_in_any_order_and_any_loads_it_is_the_same(seed: int, tmp_path: Path) -> None:
    handed = [pair for s in range(seed * 10, seed * 10 + 10) for pair in documents(s)]
    expected = digest_of(handed)
    rng = Random(seed)
    for attempt in range(2):
        rng.shuffle(handed)
        ledger = Ledger.create(tmp_path / str(attempt))
        cut = rng.randrange(len(handed))
        for part in (handed[:cut], handed[cut:], handed[:3]):
            receipt = ledger.load(part, recorded_at=now())
            assert receipt.inputs == receipt.accepted + receipt.known + receipt.quarantined
        assert ledger.digest() == expected
        assert ledger.verify() == []


PRICES = b"Date,Open,High,Low,Close,Volume\n2022-11-15,1.70,1.85,1.63,1.79,100\n"


def test_a_name_that_tells_the_security_is_part_of_what_is_archived(tmp_path: Path) -> None:
    """The same bytes named 0005.HK.csv and 0700.HK.csv are prices of two companies, in any order; another name tells nothing."""
    digests = set()
    for number, names in enumerate((("0005.HK.csv", "x.csv", "0700.HK.csv"), ("0700.HK.csv", "0005.HK.csv", "x.csv"))):
        ledger = Ledger.create(tmp_path / str(number))
        for name in names:
            load_documents(ledger, [Document(data=PRICES, name=name)])
        subjects = {row.body.subject for row in ledger.facts()}
        assert subjects == {"hk:00005", "hk:00700"}
        assert len(ledger.problems()) == 1
        digests.add(ledger.digest())
        assert rebuild(ledger).same
    assert len(digests) == 1


def test_the_same_unread_bytes_under_two_names_are_one_document(tmp_path: Path) -> None:
    digests = set()
    for number, names in enumerate((("x.txt", "y.txt"), ("y.txt", "x.txt"))):
        ledger = Ledger.create(tmp_path / str(number))
        for name in names:
            load_documents(ledger, [Document(data=b"no notice at all", name=name)])
        digests.add(ledger.digest())
    assert len(digests) == 1
