"""An article's claims as relations look at them: what stands around each, which play which part, which belong together."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice

import msgspec

from stakeline.checks.rates import Rate
from stakeline.checks.relations.fit import Fit, printed
from stakeline.checks.text import script
from stakeline.model.claims import Claim, Found, Script, Severity
from stakeline.model.numbers import Interval

NEAR = 8
"""How many candidates of one part are tried for a figure: what is further away is not said of it."""
_WINDOW = 4 * NEAR
"""How many claims on either side are looked through for candidates, so that no text takes more than linear time."""
_FARTHEST = 2000
"""Figures with more text than this between them are of different matters."""
_ENDED, _ENDS = re.compile(r"[.。!?！？;；\n] ?(?=\S)"), re.compile(r"[.。!?！？;；\n](?!\d)")
"""Ends of sentences, in front of a figure and behind it."""
_AROUND = 48
"""Characters in front of a figure and behind it that say what it is."""
_HUNDRED = Interval.exact(100)

MANY = 10
"""An amount of fewer times a price is no amount of shares: it is the price of something else."""
TRADED = frozenset({"transaction.shares", "buyback.shares"})
PAID = frozenset({"transaction.value", "buyback.value"})
PRICES = frozenset({"transaction.avg_price", "transaction.price_low", "transaction.price_high", "price.offer_or_cost"})
QUOTES = frozenset({"price.close", "price.last", "price.high", "price.low"})
_PER_SHARE = frozenset({"dividend.per_share", "result.eps", "result.prior_value", "fx.conversion", "fx.rate"})
_MISREAD = frozenset(
    {"deal.value", "other.amount", "stake.value", "result.other", "operating.figure", "transaction.gain"}
)
_LIKE_RESULTS = frozenset({"market_value", "cost.value", "result.revenue"})
"""Kinds of amounts that are what a trade cost or yielded only where the words say so plainly."""
IN_ALL = re.compile(
    r"(?:(?:a total(?: value| cost)?|total value|total cost|in total) (?:of|was|is)|brought in|raking in|netting|(?:总|總)(?:购买价|購買價|代价|代價|额|額|金额|金額)[^0-9]{0,16}[为為])"
    r"(?: about| some| around| nearly| just over|约|約)*\s*$",
    re.IGNORECASE,
)
"""In front of what a trade comes to in all: never the price of one share."""
_PROCEEDS = re.compile(
    r"(?:worth|expects?|raising|raised|fund-?raise|proceeds(?: of)?|receiv(?:ed|ing)|fetch(?:ed|ing)|spending|spent|paying|paid|cost(?:ing)?|\bgot|netted|pocketed|trousered|earned|took in|total(?:l?ing)?|value of|for"
    r"|套现|套現|涉资|涉資|总值|總值|耗资|耗資|斥资|斥資|集资|集資|募资|金额|金額|成交额)(?: a (?:total|whopping|cool|hefty)| of| about| some| around| nearly|约|約|为|為|达|達|合计|合計|最多|至多| )*$",
    re.IGNORECASE,
)
"""In front of what a trade costs or yields, whatever its kind was taken for."""
RECEIPTS = re.compile(r"\b[AG]D[SR]s?\b|depositary|存[托託]|預託|预托", re.IGNORECASE)
"""One of them stands for several shares, often for ten."""
_RAISING = re.compile(r" (?:share |equity |stock )?(?:fund-?rais\w+|rights issue|float|flotation|IPO)\b", re.IGNORECASE)
"""Behind an amount that a company raises: no count of its holders' shares gives it."""
STAKES = frozenset({"stake.before_pct", "stake.after_pct", "stake.pct"})
_OR_EACH = re.compile(r" in cash,? or | or ", re.IGNORECASE)
"""Between what is paid in all and the same for one share: "HK$9.9 billion in cash, or HK$4.8 per share"."""
_EACH = re.compile(
    r" ?(?:each\b|apiece|a share|per share|(?:for )?each share|per unit|a piece|/股|每股|一股)", re.IGNORECASE
)
_PER = re.compile(
    r"(?:每股|均价|均價|平均价|平均價|作价|作價|per share|average|average price|price per share|(?<=\()price:|\bthe price)(?:为|為|是|价|價|约|約| of| is| was| about|\s)*$",
    re.IGNORECASE,
)


_CLOSED = re.compile(r"clos(?:e|ed|ing)\b|last traded|收市|收盘|收盤|收報|收报|現報|现报|新報|新报", re.IGNORECASE)
"""In front of a quote: it is no price of the trade, though it is one of a share."""
_LOTS = re.compile(r" ?[張张手]")
"""Behind a count: it is of lots."""
_LOT = re.compile(r"入[场場][费費][^0-9]*$")
"""In front of what the smallest number of shares costs with fees."""
_ASIDE = re.compile(
    r"\b(?:having|earlier|previous|previously|before|then|later|last (?:year|month|week)|had (?:sold|bought|been)|since|once)\b|此前|早前|先前|之前|曾|其后|其後|随后|隨後|上月|去年|今年",
    re.IGNORECASE,
)
"""Between two figures: what follows is of another time, perhaps of another trade."""


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """One relation between figures of an article, evaluated.

    target: the figure that the others give; inputs: these. recomputed: where the target should lie.
    basis: "in_article", "outside_constant" or "hard_fact". vouches: where it agrees, a slip in an input would show.
    settles: no other relation that agrees bears the figure out: it takes it for one of something else. slips: the difference is a power of ten. rights: the figure that is right once the target is corrected. rank: lower is nearer.
    """

    target: int
    inputs: tuple[int, ...]
    fit: Fit
    recomputed: Interval | str
    working: str
    reason: str
    basis: str = "in_article"
    severity: Severity = Severity.ERROR
    correction: str | None = None
    vouches: bool = False
    settles: bool = False
    slips: bool = False
    rights: int | None = None
    rank: int = 0


class Page:
    """The claims of a text in order, and the text around them. dated: the article's day is known, not taken from what it reports."""

    def __init__(
        self, text: str, claims: Sequence[Claim], on: date | None, rate: Rate | None, *, dated: bool = True
    ) -> None:
        self.text, self.on, self.rate, self.dated = text, on, rate, dated
        self.claims = tuple(sorted(claims, key=lambda c: c.found.start))
        self.script: Script | None = script(text)
        self._seen: dict[re.Pattern[str], bool] = {}
        self._leads: dict[int, str] = {}
        self._priced: dict[int, bool] = {}
        self.sentences: dict[int, list[int]] = {}
        for index, claim in enumerate(self.claims):
            self.sentences.setdefault(claim.found.sentence, []).append(index)

    def found(self, index: int) -> Found:
        """The figure of a claim."""
        return self.claims[index].found

    def kind(self, index: int) -> str:
        """The kind of a claim."""
        return self.claims[index].kind

    def bounds(self, index: int) -> Interval:
        """Where a number lies as printed, pounds for pence."""
        own = self.found(index).bounds()
        return own / _HUNDRED if self.found(index).currency == "GBX" else own

    def lead(self, index: int, reach: int = _AROUND) -> str:
        """The words in front of a figure, back to the one before it or the end of a sentence."""
        if reach == _AROUND and index in self._leads:
            return self._leads[index]
        start = self.found(index).start
        floor = max(self.found(index - 1).end if index else 0, start - reach, 0)
        words = _ENDED.split(self.text[floor:start])[-1]
        if reach == _AROUND:
            self._leads[index] = words  # every relation looks there
        return words

    def tail(self, index: int, reach: int = _AROUND) -> str:
        """The words behind a figure, up to the next one or the end of the sentence."""
        end = self.found(index).end
        ceiling = self.found(index + 1).start if index + 1 < len(self.claims) else len(self.text)
        return _ENDS.split(self.text[end : min(ceiling, end + reach)], 1)[0]

    def around(self, index: int, before: int, behind: int) -> str:
        """The words of a figure's own sentence around it, other figures among them."""
        found = self.found(index)
        front = re.split(r"[.。!?！？\n](?=\s|\S)(?!\d)", self.text[max(found.start - before, 0) : found.start])[-1]
        return front + found.text + re.split(r"[.。!?！？\n](?!\d)", self.text[found.end : found.end + behind])[0]

    def gap(self, one: int, other: int) -> str:
        """The text between two figures, in either order."""
        first, second = sorted((one, other))
        return self.text[self.found(first).end : self.found(second).start]

    def near(self, index: int, wanted: Callable[[int], bool], reach: int = 1) -> list[int]:
        """The nearest claims of a part in the same sentence and `reach` on either side, nearest first."""
        sentence, at = self.found(index).sentence, self.found(index).start
        window = range(max(index - _WINDOW, 0), min(index + _WINDOW + 1, len(self.claims)))
        pool = [i for i in window if i != index and abs(self.found(i).sentence - sentence) <= reach]
        pool.sort(key=lambda i: abs(self.found(i).start - at))
        return list(islice(filter(wanted, pool), NEAR))

    def aside(self, *indices: int) -> bool:
        """Whether words between figures send the reader to another time, and so perhaps to another trade."""
        gap = self.gap(min(indices), max(indices))
        return len(gap) > _FARTHEST or _ASIDE.search(gap) is not None

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern occurs anywhere in the text."""
        if pattern not in self._seen:
            self._seen[pattern] = pattern.search(self.text) is not None
        return self._seen[pattern]

    def alone(self, index: int, wanted: Callable[[int], bool]) -> bool:
        """Whether no other claim of that part stands in its sentence."""
        return not self.near(index, wanted, 0)

    def together(self, *indices: int) -> bool:
        """Whether figures stand in one sentence."""
        return len({self.found(i).sentence for i in indices}) == 1

    @cached_property
    def one_trade(self) -> bool:
        """Whether the article has just one count, one price and one amount of a trade."""
        everything = range(len(self.claims))
        return all(sum(map(part, everything)) == 1 for part in (self.is_traded, self.is_price, self.is_paid))

    def same(self, *indices: int) -> bool:
        """Whether nothing says that figures are of different holders or issuers."""
        claims = [self.claims[i] for i in indices]
        return all(
            len({getattr(c, name) for c in claims if getattr(c, name) is not None}) <= 1
            for name in ("holder", "issuer")
        )

    def across(self, *indices: int) -> bool:
        """Whether figures stand in paragraphs of different companies, as those of a roundup do; a rate of exchange is of none."""
        indices = tuple(i for i in indices if self.kind(i) != "fx.rate")
        issuers = {self.claims[i].issuer for i in indices} - {None}
        return len(issuers) > 1 and "\n" in self.gap(min(indices), max(indices))

    def is_traded(self, index: int) -> bool:
        """Whether a figure counts shares that change hands; lots that were not read as such may be of any number of shares."""
        if self.kind(index) not in TRADED or self.found(index).unit not in {"shares", "count"}:
            return False
        return _LOTS.match(self.text, self.found(index).end) is None

    def is_price(self, index: int) -> bool:
        """Whether a figure is the price of one share in a trade."""
        if index not in self._priced:
            self._priced[index] = self._is_price(index)
        return self._priced[index]

    def _is_price(self, index: int) -> bool:
        if self.found(index).unit != "currency" or self.found(index).number <= 0:
            return False
        if IN_ALL.search(self.lead(index)) or _LOT.search(self.lead(index)):
            return False
        if self.kind(index) in PRICES:
            return True
        if self.kind(index) in QUOTES and _CLOSED.search(self.lead(index)):
            return False
        each = _EACH.match(self.tail(index)) or _PER.search(self.lead(index))
        return each is not None and self.kind(index) not in _PER_SHARE

    def is_paid(self, index: int) -> bool:
        """Whether a figure is what a trade costs or yields."""
        if self.found(index).unit != "currency" or self.is_price(index) or _RAISING.match(self.tail(index)):
            return False
        if self.kind(index) in PAID:
            return True
        lead = self.lead(index)
        if self.kind(index) in _MISREAD:
            if _OR_EACH.fullmatch(self.tail(index)) and index + 1 < len(self.claims) and self.is_price(index + 1):
                return True
            return _PROCEEDS.search(lead) is not None
        return self.kind(index) in _LIKE_RESULTS | PRICES and IN_ALL.search(lead) is not None

    def is_amount(self, index: int) -> bool:
        """Whether a figure is money, and not merely its neighbour in another currency."""
        return self.found(index).unit == "currency" and self.kind(index) != "fx.conversion"

    def is_percent(self, index: int) -> bool:
        """Whether a figure is a percentage or a change in points."""
        return self.found(index).unit in {"pct", "pp"}

    def is_stake(self, index: int) -> bool:
        """Whether a figure is a holding in percent."""
        return self.kind(index) in STAKES and self.found(index).unit == "pct"

    def currency(self, index: int) -> str | None:
        """The currency in which `bounds` counts."""
        currency = self.found(index).currency
        return "GBP" if currency == "GBX" else currency

    def one_currency(self, indices: Iterable[int]) -> bool:
        """Whether amounts are in one currency as far as is known."""
        return len({c for i in indices if (c := self.currency(i)) is not None}) <= 1

    def scaled(self, index: int, result: Interval) -> Interval:
        """A recomputed amount in the unit of a figure: pence for pounds."""
        return result * _HUNDRED if self.found(index).currency == "GBX" else result


def positive(interval: Interval) -> bool:
    """Whether all of it is above zero."""
    return interval.low > 0


def magnitude(interval: Interval) -> Interval:
    """Without sign."""
    if interval.low >= 0:
        return interval
    if interval.high <= 0:
        return -interval
    return Interval(Decimal(0), max(-interval.low, interval.high))


def reached(found: Found) -> Interval:
    """Where a printed figure may lie, rounded or cut off, or vaguely put."""
    own = printed(found)
    if found.approx is None:
        return own
    give = own.high * Decimal("0.03")
    return Interval(
        max(own.low - give, Decimal(0)), own.high * Decimal("1.25") if found.approx == "over" else own.high + give
    )
