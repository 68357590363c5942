"""The founding case as sentences: every one of the issue's "Show" list, compared by hand with samples/sensetime.

The values and where they stand there are named in founding.py.
"""

import re
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from stakeline.briefs.compose import compose
from stakeline.briefs.render_text import render_text
from stakeline.briefs.sources import published
from stakeline.model.briefs import Brief, Mark, Section
from stakeline.model.context import Context, Prices
from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.stakes import Cause, Event, EventKind, Issuer, Security, Stake

from . import founding
from .reading import sentences_of, text_of, without_figures


def brief_of(
    event: Event, context: Context | None = None, *, gap: Event | None = None, issuer: Issuer = founding.ISSUER
) -> Brief:
    return compose(
        event,
        gap=gap,
        issuer=issuer,
        context=founding.context(event) if context is None else context,
        regime=founding.regime(),
        on=founding.ON,
        known=founding.KNOWN,
        zone=founding.ZONE,
    )


@pytest.fixture(scope="module")
def brief() -> Brief:
    return brief_of(founding.event())


def section(brief: Brief, title: str) -> Section:
    return next(s for s in brief.sections if s.title == title)


SHOW = (
    (
        "Alibaba Group Holding Ltd sold 80 million Class B shares of SenseTime Group Inc. at HK$1.8190 on average; "
        "its stake in the class fell from 9.05% to 8.74%, through the 9% level"
    ),
    (
        "On 8 November 2022 Alibaba Group Holding Ltd sold 80 million Class B shares on the exchange at HK$1.8190 on "
        "average, for HK$145.52 million (80 million × HK$1.8190; US$18.54 million at HK$7.8499 per US dollar on "
        "8 November 2022)."
    ),
    (
        "On that day the shares traded between HK$1.72 and HK$2.04 (both: one source); the average price lies inside that "
        "range."
    ),
    "The stake fell from 9.05% to 8.74% of the Class B shares, as filed.",
    "In whole levels that is from 9 to 8: the 9% level was crossed (section 313(1)(c)).",
    "The cause was the trade itself.",
    (
        "About 2.27 billion Class B shares are left (between 2.267 and 2.274 billion), derived: 8.74% of the "
        "25,978.64 million Class B shares last reported on 24 June 2022."
    ),
    "Of all shares of the company: 7.0% to 6.8% (rounded); there the 7% level would be crossed.",
    "The law counts the Class B shares: this is not its base.",
    "The shares were listed on 30 December 2021 at an offer price of HK$3.85.",
    "The highest price so far was HK$9.70, intraday on 4 January 2022; the highest close was HK$8.20 on the same day.",
    (
        "The last close was HK$1.79 on 15 November 2022 (one source), 53.5% below the offer price and 81.5% below the "
        "intraday high."
    ),
    (
        "At the last close all 33,507.4 million shares (as last reported on 24 June 2022) were worth HK$59.98 billion (about "
        "US$7.66 billion at HK$7.8268 per US dollar on 15 November 2022)."
    ),
    "In the first half of 2022 revenue was RMB 1,415 million, down 14.3% from RMB 1,652 million a year earlier.",
    "Gross profit was RMB 934.0 million, down 22.5% from RMB 1,205 million a year earlier.",
    (
        "The adjusted net loss (non-IFRS) widened to RMB 2,564 million, up 264.9%, while the reported loss for the period "
        "narrowed 13.6% to RMB 3,208 million."
    ),
    (
        "Revenue by segment: Smart Business RMB 568 million, down 12.2%; Smart City RMB 434 million, down 44.8%; Smart Life "
        "RMB 292 million, up 97.6%; Smart Auto RMB 120.8 million, up 71.1%."
    ),
    (
        "Research and development expenses rose 14.88% to about RMB 2.04 billion from about RMB 1.77 billion a year "
        "earlier."
    ),
    "Selling expenses rose 37.5% to RMB 402.15 million from RMB 292.39 million a year earlier (both: one source).",
    "Administrative expenses fell 46.7% to RMB 768.63 million from RMB 1,443 million a year earlier (both: one source).",
    (
        "Net impairment losses were 3.03 times those of the period before: RMB 542.18 million, against RMB 178.65 million "
        "(both: one source)."
    ),
    "Cambricon lost RMB 622 million in the first half of 2022, against RMB 392 million a year earlier (one source).",
    "CloudWalk lost RMB 325.4 million in the first half of 2022; the period before was not found.",
    (
        "Deep Glint lost RMB 12.56 million in the first half of 2022, against RMB 56.91 million a year earlier (worked out "
        "from printed growth rates: 56.87 to 56.94 million)."
    ),
    "Megvii lost RMB 1,865 million in the first half of 2021; the period before was not found (STAR Market prospectus).",
)


@pytest.mark.parametrize("words", SHOW, ids=range(len(SHOW)))
def test_every_sentence_of_the_founding_case(brief: Brief, words: str) -> None:
    assert words in sentences_of(brief)


def test_sources_are_named_without_those_published_later(brief: Brief) -> None:
    assert brief.told_by[0].startswith("press reports of 14 and 15 November 2022 (RTHK")
    assert "2023" not in " ".join(brief.told_by)  # the row also cites a report of 18 April 2023
    assert "2023" not in render_text(brief)
    assert "public since the end of 14 November 2022 (Hong Kong)" in brief.told_by


def test_what_is_not_known_is_said(brief: Brief) -> None:
    told = " / ".join(brief.unknown)
    for words in ("who filed the notice", "on the day itself", "exact number of shares left", "no earlier notice"):
        assert words in told


def test_other_bases_are_labelled(brief: Brief) -> None:
    assert [s.title for s in brief.sections if s.contrast] == ["For contrast: on other bases"]


def test_a_form_tells_the_same_sentences_as_the_press(brief: Brief) -> None:
    form = founding.event(form="2")
    told = brief_of(form)
    assert sentences_of(told) == sentences_of(brief)
    assert told.told_by[0] == "notice CS20221111E00123 (Form 2), in CS20221111E00123.html"
    assert told.told_by != brief.told_by


def test_the_same_nouns_give_the_same_brief(brief: Brief) -> None:
    again = brief_of(founding.event())
    assert again == brief
    assert render_text(again) == render_text(brief)


def variants() -> dict[str, Brief]:
    """Briefs of many kinds of event, for what must hold in all of them."""
    kinds: dict[str, Any] = {
        "press": founding.event(),
        "form": founding.event(form="2"),
        "entry": founding.event(kind=EventKind.ENTRY),
        "exit": founding.event(kind=EventKind.EXIT),
        "trade": founding.event(kind=EventKind.TRADE, crossings=()),
        "dilution": change(Direction.UNKNOWN, cause=Cause.DILUTION),
        "buy-back": change(Direction.UNKNOWN, cause=Cause.BUY_BACK),
        "conversion": change(Direction.NEUTRAL, cause=Cause.CONVERSION),
        "unexplained": change(Direction.UNKNOWN, cause=Cause.UNKNOWN),
        "nature": change(Direction.NATURE, kind=EventKind.CHANGE, meaning="lent the shares under a lending agreement"),
        "pool": change(Direction.LENDING_POOL, kind=EventKind.CHANGE, leg=Leg.POOL),
        "short": change(Direction.SHORT_UP, kind=EventKind.CHANGE, leg=Leg.SHORT, meaning="borrowed shares"),
        "withdrawn": founding.event(entry=founding.entry(withdrawn=True)),
        "gap": founding.gap(),
        "mismatch": founding.event(kind=EventKind.MISMATCH, note="80,000,000 is not 2% of the class"),
    }
    return {name: brief_of(event, gap=founding.gap()) for name, event in kinds.items()}


def change(direction: Direction, *, meaning: str | None = None, **event: Any) -> Event:
    entry = founding.entry(direction=direction, meaning=meaning, told=None, price=None)
    return founding.event(entry=entry, **event)


@pytest.mark.parametrize("name", sorted(variants()))
def test_every_digit_in_a_sentence_belongs_to_a_figure(name: str) -> None:
    """Left standing are section numbers of the law ("section 313(1)(c)"), which are names of places in it."""
    for words in without_figures(variants()[name]):
        bare = re.sub(r"section \d+(\(\w+\))*", "", words)
        assert not re.search(r"\d", bare), words


@pytest.mark.parametrize("name", sorted(variants()))
def test_sold_and_bought_are_kept_for_trades(name: str) -> None:
    text = " ".join(sentences_of(variants()[name]))
    traded = name in ("press", "form", "entry", "exit", "trade", "mismatch")  # all of them disposals
    assert ("Alibaba Group Holding Ltd sold" in text) == traded
    if not traded:
        plain = re.sub(r"(do not say whether shares were bought or sold)", "", text)
        assert not re.search(r"\b(sold|bought|purchased)\b", plain)


def test_headlines_of_other_kinds() -> None:
    heads = {name: text_of(b.headline) for name, b in variants().items()}
    whose = "Alibaba Group Holding Ltd's stake in the Class B shares of SenseTime Group Inc."
    assert heads["entry"].endswith("through the 9% level, and is now notifiable")
    assert heads["exit"].endswith("through the 9% level, and is no longer notifiable")
    assert heads["trade"].endswith("its stake in the class fell from 9.05% to 8.74%")
    assert heads["dilution"] == (
        f"{whose} fell from 9.05% to 8.74%, through the 9% level without a sale: the number of shares in issue grew"
    )
    assert heads["buy-back"].endswith("without a purchase: the number of shares in issue shrank")
    assert heads["conversion"].endswith("through a conversion of shares")
    assert heads["unexplained"].endswith("the sources do not say whether shares were bought or sold")
    assert heads["nature"] == (
        "Alibaba Group Holding Ltd gave notice of a change in its stake, involving 80 million Class B shares of SenseTime "
        "Group Inc.: lent the shares under a lending agreement; this is no purchase or sale of shares; its stake fell "
        "from 9.05% to 8.74%"
    )
    assert "change in its lending pool" in heads["pool"]
    assert "its short position fell" in heads["short"]
    assert heads["withdrawn"] == (
        "Alibaba Group Holding Ltd's notice on Class B shares of SenseTime Group Inc. on an event of 8 November 2022 was "
        "withdrawn or replaced: its figures do not stand"
    )
    assert heads["gap"].endswith(
        "fell by about 241 million shares net between 1 June 2022 and 8 November 2022 without a notice"
    )
    assert heads["mismatch"].endswith("contradict one another")


def test_a_withdrawn_notice_gives_no_stake() -> None:
    titles = {s.title for s in variants()["withdrawn"].sections}
    assert not titles & {"The trade", "The stake, on the base of the law", "For contrast: on other bases"}


def test_a_gap_is_told_with_its_bounds_and_what_the_law_adds() -> None:
    told = section(brief_of(founding.event(), gap=founding.gap()), "Unseen since the last notice")
    assert [text_of(s) for s in told.sentences] == [
        (
            "Between 1 June 2022 and 8 November 2022, without a notice, the holding fell by about 241 million shares net "
            "(between 238.8 and 243.9 million), about 0.93 percentage points of the class."
        ),
        (
            "If the law was kept, the holding stayed between 9% and 10% all that time. "
            "That follows from the level rule: section 313(1)(c) asks for a notice whenever the level changes."
        ),
    ]


def test_a_gap_whose_direction_is_open_keeps_both_bounds() -> None:
    event = founding.gap()
    assert event.gap is not None
    assert event.gap.net is not None
    net = founding.widened(event.gap.net, "-3000000", "13000000")
    open_ = msgspec.structs.replace(
        event, gap=msgspec.structs.replace(event.gap, net=net, if_lawful=None, lawful_note=None, points=None)
    )
    (told,) = section(brief_of(founding.event(), gap=open_), "Unseen since the last notice").sentences
    assert "moved by somewhere between a fall of 3 million and a rise of 13 million shares net" in text_of(told)


def test_exact_shares_left_are_told_as_filed() -> None:
    left = founding.number("2271000123", "shares", "total after, as filed")
    entry = founding.entry(after=Stake(shares=left, percent=founding.entry().after.percent))
    told = brief_of(founding.event(entry=entry))
    assert "The stake after it is 2,271,000,123 Class B shares, as filed." in sentences_of(told)
    assert not any("exact number" in words for words in told.unknown)


def test_figures_known_later_are_absent() -> None:
    """disclosures.csv: the 2,271 million shares left were in print only on 18 April 2023."""
    later = founding.KNOWN + timedelta(days=153)
    left = founding.number("2271000000", "shares", "total after", rounded_to="1000000", known=later)
    entry = founding.entry(after=Stake(shares=left, percent=founding.entry().after.percent))
    told = brief_of(founding.event(entry=entry))
    assert sentences_of(told) == sentences_of(brief_of(founding.event()))
    close = founding.money("2.02", "closing price", day="2022-11-16", known=later)
    assert brief_of(founding.event(), Context(prices=Prices(last_close=close))).sections == tuple(
        s for s in brief_of(founding.event(), Context()).sections
    )


def test_missing_parts_drop_out() -> None:
    nothing = brief_of(founding.event(entry=founding.entry(price=None, moved=None)), Context())
    text = " ".join(sentences_of(nothing))
    assert "Alibaba Group Holding Ltd disposed of Class B shares" in text
    assert "HK$" not in text
    assert [s.title for s in nothing.sections] == [
        "The trade",
        "The stake, on the base of the law",
        "For contrast: on other bases",
    ]
    told = " / ".join(nothing.unknown)
    for words in ("the price", "how many shares changed hands", "the share price", "the issuer's results"):
        assert words in told
    for sentence in sentences_of(nothing):
        assert "None" not in sentence
        assert "  " not in sentence


def test_each_part_of_the_context_may_be_missing_alone() -> None:
    whole = founding.context()
    for name in Context.__struct_fields__:
        empty = {"prices": Prices(), "peers": ()}.get(name)
        told = sentences_of(brief_of(founding.event(), msgspec.structs.replace(whole, **{name: empty})))
        assert not any("  " in s or " ," in s or "()" in s for s in told), name
    for name in Prices.__struct_fields__:
        prices = msgspec.structs.replace(whole.prices, **{name: None})
        told = sentences_of(brief_of(founding.event(), msgspec.structs.replace(whole, prices=prices)))
        assert not any("  " in s or " ," in s or "()" in s for s in told), name


def test_market_value_without_a_share_base_is_not_told() -> None:
    whole = founding.context()
    assert whole.market_value is not None
    bare = msgspec.structs.replace(whole.market_value, amount=founding.money("59978246000", "market value"))
    told = brief_of(founding.event(), msgspec.structs.replace(whole, market_value=bare))
    assert "59.98" not in " ".join(sentences_of(told))


def test_a_doubt_is_said_beside_its_figure_and_not_again_of_what_follows(brief: Brief) -> None:
    """The close has one source (VERIFICATION.md, section 3); the market value inherits that doubt."""
    market = [text_of(s) for s in section(brief, "Shares and market value").sentences]
    assert sum("one source" in s for s in market) == 2  # the close, and the range of its day
    worth = next(
        p.figure for s in brief.sections for x in s.sentences for p in x if isinstance(p, Mark) and "59.98" in p.words
    )
    assert worth.doubt == "one source"


def test_classes_are_called_as_in_print() -> None:
    def kind(share_class: str | None, *classes: str) -> str:
        event = founding.event(security=Security(subject="hk:00020", share_class=share_class))
        issuer = Issuer(subject="hk:00020", name="X", classes=classes)
        return text_of(brief_of(event, issuer=issuer).headline).split("80 million ")[1].split(" of X")[0]

    assert kind("B", "A", "B") == "Class B shares"
    assert kind("H", "A", "H") == "H shares"
    assert kind("A", "A", "H") == "A shares"
    assert kind("ordinary") == "ordinary shares"
    assert kind(None) == "shares"


def test_gifts_are_not_sales() -> None:
    told = brief_of(founding.event(entry=founding.entry(code="1202", meaning="gave the shares away", price=None)))
    assert "disposed of 80 million" in text_of(told.headline)


def test_a_price_outside_the_range_of_the_day_is_noticed() -> None:
    """disclosures.csv: 2.267 quoted for 21 June 2023 lies above that day's high of 2.24."""
    event = founding.event(entry=founding.entry(price=founding.money("2.267", "average price")))
    assert any("lies above that range" in s for s in sentences_of(brief_of(event)))


def test_a_turn_to_profit_names_the_loss_before() -> None:
    whole = founding.context()
    peer = founding.line(
        "Turner", "result.profit", founding.rmb("5000000", "profit"), founding.rmb("-9000000", "loss", half="2021H1"),
        "turned to a profit",
    )  # fmt: skip
    told = sentences_of(brief_of(founding.event(), msgspec.structs.replace(whole, peers=(peer,))))
    assert told[-1] == (
        "Turner earned RMB 5 million in the first half of 2022, against a loss of RMB 9 million a year earlier."
    )


def test_brief_keeps_the_question(brief: Brief) -> None:
    assert (brief.on, brief.known, brief.zone) == (date(2022, 11, 16), founding.KNOWN, founding.ZONE)
    assert brief.event == "e-alibaba-00020-b-2022-11-08"
    assert brief.issuer == "SenseTime Group Inc."


def test_the_level_rule_may_add_nothing_and_says_why() -> None:
    event = founding.gap()
    assert event.gap is not None
    mute = msgspec.structs.replace(
        event.gap, if_lawful=None, lawful_note="below 5% no notice is due: silence is not zero"
    )
    told = section(
        brief_of(founding.event(), gap=msgspec.structs.replace(event, gap=mute)), "Unseen since the last notice"
    )
    assert text_of(told.sentences[1]) == "The level rule adds nothing: below 5% no notice is due: silence is not zero."


def test_equal_contrasts_and_open_levels_are_told_plainly() -> None:
    event = founding.event()
    law, other = event.crossings
    wide = founding.widened(other.before, "6.55", "7.44")
    open_ = msgspec.structs.replace(
        other,
        before=wide,
        after=wide,
        before_level=None,
        after_level=None,
        crossed=(),
        note="by the count of 2022-06-24",
    )
    told = section(brief_of(msgspec.structs.replace(event, crossings=(law, open_))), "For contrast: on other bases")
    assert text_of(told.sentences[0]) == (
        "Of all shares of the company: about 7% before, 7% after it; the figures leave the level open. By the count of "
        "24 June 2022."
    )


def test_a_long_remark_is_told_whole() -> None:
    note = "the figures of the notice contradict one another, " * 8
    told = brief_of(founding.event(note=note))
    assert any(note.strip()[1:] in s for s in sentences_of(told))


@pytest.mark.parametrize(
    ("cite", "day"),
    [
        ("RTHK, 14 Nov 2022 (news.rthk.hk)", date(2022, 11, 14)),
        ("Ming Pao, 18 April 2023", date(2023, 4, 18)),
        ("Biometric Update, Jul 2023", date(2023, 7, 1)),
        ("report of 2022-11-14", date(2022, 11, 14)),
        ("Longport, undated", None),
        ("31 Feb 2022 and 2022-13-99", date(2022, 2, 1)),
    ],
)
def test_the_day_of_a_citation(cite: str, day: date | None) -> None:
    assert published(cite) == day


def test_a_gap_without_bounds_says_why() -> None:
    event = founding.gap()
    assert event.gap is not None
    why = "the notice of 2022-06-01 tells no total"
    blind = msgspec.structs.replace(event.gap, net=None, points=None, if_lawful=None, lawful_note=None, why=why)
    (told,) = section(
        brief_of(founding.event(), gap=msgspec.structs.replace(event, gap=blind)), "Unseen since the last notice"
    ).sentences
    assert text_of(told) == (
        "Between 1 June 2022 and 8 November 2022, without a notice, what moved cannot be bounded: the notice of "
        "1 June 2022 tells no total."
    )
