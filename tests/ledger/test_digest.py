"""The digest: order and splitting do not matter, content does, and it never changes between versions."""

import hashlib
import random
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from stakeline.ledger import Ledger, digest_of
from stakeline.ledger.entries import key_of, shard_of
from stakeline.model.documents import Document
from stakeline.model.problems import Problem, Severity
from stakeline.model.rows import Read, Reading, row_key

from .made import MOMENT, fact, group, handed, notice, quarantined

Handed = tuple[Document, Reading]


@st.composite
def histories(draw: st.DrawFn) -> list[Handed]:
    """Some documents that say overlapping things, some of them twice."""
    pairs = []
    for number in range(draw(st.integers(0, 5))):
        notices = [notice(f"CS{n}") for n in draw(st.lists(st.integers(0, 4), max_size=4))]
        facts = [fact("2022-11-15", str(n)) for n in draw(st.lists(st.integers(0, 4), max_size=4))]
        problems = [quarantined(str(n)) for n in range(draw(st.integers(0, 2)))]
        pairs.append(handed(f"{number}", notices=notices, facts=facts, problems=problems))
    return pairs + draw(st.lists(st.sampled_from(pairs), max_size=2) if pairs else st.just([]))


@settings(max_examples=60, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_order_does_not_matter(pairs: list[Handed], rng: random.Random) -> None:
    shuffled = list(pairs)
    rng.shuffle(shuffled)
    assert digest_of(shuffled) == digest_of(pairs)


@settings(max_examples=8, deadline=None)
@given(histories(), st.randoms(use_true_random=False), st.integers(1, 3))
def test_order_and_splitting_do_not_matter_on_disk(pairs: list[Handed], rng: random.Random, size: int) -> None:
    shuffled = list(pairs)
    rng.shuffle(shuffled)
    with TemporaryDirectory() as folder:
        ledger = Ledger.create(Path(folder) / "ledger")
        receipts = [ledger.load(shuffled[i : i + size], recorded_at=MOMENT) for i in range(0, len(shuffled), size)]
        assert ledger.digest() == digest_of(pairs)
        assert ledger.verify() == []
    for receipt in receipts:
        assert receipt.inputs == receipt.accepted + receipt.known + receipt.quarantined
    assert sum(r.inputs for r in receipts) == sum(reading.inputs for _, reading in pairs)


def test_everything_said_counts_and_the_clock_and_names_do_not() -> None:
    doc, reading = handed("one", notices=[notice("CS1")], facts=[fact("2022", "1")], problems=[quarantined()])
    variants = [
        (doc, reading),
        (Document(data=b"else", name=doc.name), reading),
        (doc, replace(reading, notices=())),
        (doc, replace(reading, facts=())),
        (doc, replace(reading, problems=())),
        (doc, replace(reading, problems=(quarantined(), quarantined()))),
        (doc, replace(reading, problems=(quarantined("other"),))),
        (doc, replace(reading, notices=(Read(notice("CS1"), "row 9"),))),
        (doc, replace(reading, notices=(Read(notice("CS1", text="x"), "row 0"),))),
    ]
    digests = [digest_of([v]) for v in variants]
    assert len(set(digests)) == len(variants)
    assert digest_of([(Document(data=doc.data, name="renamed"), replace(reading, reader="newer"))]) == digests[0]
    for a, b in pairwise(group(1)):
        assert digest_of([a, b]) not in {digest_of([a]), digest_of([b])}


def test_keys_shards_and_digest_are_final() -> None:
    """Worked out here from literal bytes by hashlib alone. If this fails, ledgers of others no longer verify."""
    told = fact("2022-11-15", "1.79")
    body = (
        b'{"basis":"close","currency":"HKD","known_from":"2022-11-11T09:00:00Z","measure":"price.close",'
        b'"number":{"value":"1.79"},"period":"2022-11-15","subject":"hk:00020","unit":"currency"}'
    )
    key = hashlib.sha256(body).hexdigest()[:40]
    assert row_key(told) == key == key_of(body)
    assert shard_of("hk:00020") == "4"  # printf hk:00020 | sha256sum

    doc = Document(data=b"bytes", name="any")
    sha256 = hashlib.sha256(b"bytes").hexdigest()
    problem = Problem(severity=Severity.FIELD, where="w", found="f", message="m")
    reading = Reading(reader="any", facts=(Read(told, 'row "1"'),), problems=(problem,))
    rows = [
        b"facts\0" + body,
        b"documents\0" + sha256.encode(),
        b"sightings\0" + f'["{key}","{sha256}","row \\"1\\""]'.encode(),
        b"problems\0" + f'["{sha256}",0,"field","w","f","m"]'.encode(),
    ]
    random.Random(1).shuffle(rows)
    total = sum(int.from_bytes(hashlib.shake_256(row).digest(256), "big") for row in rows) % 2**2048
    assert digest_of([(doc, reading)]) == hashlib.sha256(total.to_bytes(256, "big")).hexdigest()
