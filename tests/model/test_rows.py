"""Keys are final: a body gives the same bytes for ever."""

import hashlib
from decimal import Decimal

import msgspec

from stakeline.model.facts import Fact
from stakeline.model.notices import Absent, Holder, Leg, Notice, Position
from stakeline.model.numbers import Number
from stakeline.model.rows import canonical, row_key

NOTICE = Notice(
    regime="hk",
    form="2",
    issuer_code="00020",
    holder=Holder(name="Alibaba Group Holding Limited"),
    serial="CS20221111E00123",
    after=(Position(leg=Leg.LONG, shares=Absent.NOT_DISCLOSED, percent=Number(Decimal("8.74"), Decimal("0.01"))),),
)
FACT = Fact(
    subject="hk:00020", measure="price.close", period="2022-11-15", number=Number(Decimal("1.79")), unit="currency"
)


def test_canonical_bytes_are_pinned() -> None:
    # If this fails, every ledger ever written would disagree with its digest. Do not edit the expectation.
    assert canonical(NOTICE) == (
        b'{"after":[{"leg":"long","percent":{"unit":"0.01","value":"8.74"},"shares":"not disclosed"}],"form":"2",'
        b'"holder":{"name":"Alibaba Group Holding Limited"},"issuer_code":"00020","regime":"hk",'
        b'"serial":"CS20221111E00123"}'
    )
    assert canonical(FACT) == (
        b'{"measure":"price.close","number":{"value":"1.79"},"period":"2022-11-15","subject":"hk:00020","unit":"currency"}'
    )


def test_a_key_is_the_start_of_the_hash_of_those_bytes() -> None:
    assert row_key(NOTICE) == "ca6b6f6e9155eb1176815f2ee87a0b625e421f15"
    assert row_key(FACT) == hashlib.sha256(canonical(FACT)).hexdigest()[:40]


def test_what_was_read_comes_back_whole() -> None:
    assert msgspec.json.decode(canonical(NOTICE), type=Notice) == NOTICE
    assert msgspec.json.decode(canonical(FACT), type=Fact) == FACT
