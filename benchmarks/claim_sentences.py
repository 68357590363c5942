"""The sentences of tests/checks/claim_sentences.txt, each figure marked with the kind that it should get."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

SHORT = {
    "ts": "transaction.shares",
    "tp": "transaction.avg_price",
    "tl": "transaction.price_low",
    "th": "transaction.price_high",
    "tv": "transaction.value",
    "tk": "transaction.stake_pct",
    "to": "transaction.pct_of_holding",
    "td": "transaction.discount_pct",
    "tg": "transaction.gain",
    "tt": "transaction.date",
    "sb": "stake.before_pct",
    "sa": "stake.after_pct",
    "sp": "stake.pct",
    "spp": "stake.change_pp",
    "sc": "stake.change_pct",
    "sbs": "stake.before_shares",
    "sas": "stake.after_shares",
    "sv": "stake.value",
    "x": "threshold.crossed",
    "pc": "price.close",
    "pl": "price.last",
    "ph": "price.high",
    "plo": "price.low",
    "po": "price.offer_or_cost",
    "pch": "price.change_pct",
    "pd": "price.date",
    "vol": "volume.shares",
    "mv": "market_value",
    "mvc": "market_value.change",
    "iss": "shares.issued",
    "fx": "fx.conversion",
    "fr": "fx.rate",
    "ld": "listing.date",
    "rd": "report.date",
    "od": "other.date",
    "per": "period",
    "rr": "result.revenue",
    "rp": "result.net_profit",
    "rl": "result.net_loss",
    "rg": "result.gross_profit",
    "rm": "result.margin_pct",
    "re": "result.eps",
    "rpr": "result.prior_value",
    "rc": "result.change_pct",
    "ro": "result.other",
    "gr": "segment.revenue",
    "gc": "segment.change_pct",
    "gs": "segment.share_pct",
    "cc": "cost.change_pct",
    "cv": "cost.value",
    "bv": "buyback.value",
    "bs": "buyback.shares",
    "dps": "dividend.per_share",
    "deal": "deal.value",
    "op": "operating.figure",
    "n": "count",
    "oa": "other.amount",
    "opc": "other.pct",
    "om": "other.multiple",
    "orr": "other.ratio",
}


class Marked(NamedTuple):
    """A text without its marks; wanted: (offset of the mark, kind)."""

    day: date
    currency: str
    text: str
    wanted: tuple[tuple[int, str], ...]


def marked(path: Path) -> Iterator[Marked]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        day, currency, rest = line.split(" | ", 2)
        text, wanted = "", []
        for part in re.split("(<[a-z]+>)", rest):
            if part.startswith("<"):
                wanted.append((len(text), SHORT[part[1:-1]]))
            else:
                text += part
        yield Marked(date.fromisoformat(day), currency, text, tuple(wanted))
