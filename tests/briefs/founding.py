"""The founding case by hand: Alibaba's sale of 8 November 2022 in SenseTime, as known on 16 November 2022, 09:00.

Every value was compared by hand with the tables in samples/sensetime (file and row or line named beside it) and with
VERIFICATION.md there. The builders make press rows or a Form 2 page out of the same figures.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from stakeline.model.cited import change
from stakeline.model.context import Context, Line, Prices, Results, Worth
from stakeline.model.figures import Figure, Place, derive
from stakeline.model.law import Base, Citation, Direction, Levels, Regime
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval, Number
from stakeline.model.stakes import Cause, Crossing, Entry, Event, EventKind, Gap, Issuer, Party, Security, Stake

KNOWN = datetime(2022, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in Hong Kong
ON = date(2022, 11, 16)
ZONE = "Asia/Hong_Kong"
PRESS_KNOWN = datetime(2022, 11, 14, 15, 59, 59, 999999, tzinfo=UTC)
PRESS_CITES = (
    "RTHK, 14 November 2022, news.rthk.hk 1675561-20221114",
    "The Wall Street Journal (China), 15 November 2022, 11668468307",
    "Ming Pao, 18 April 2023",
)
ISSUER = Issuer(subject="hk:00020", name="SenseTime Group Inc.", classes=("A", "B"))
ALIBABA = Party(key="alibaba", name="Alibaba Group Holding Ltd")


def number(  # the parts of a figure
    value: str,
    unit: str,
    basis: str,
    *,
    rounded_to: str | None = None,
    span: tuple[str, str] | None = None,
    day: str | None = None,
    currency: str | None = None,
    place: tuple[str, str, str] = ("facts.csv", "row 1, column value", "column value"),
    cites: tuple[str, ...] = (),
    known: datetime | None = PRESS_KNOWN,
    doubt: str | None = None,
    confidence: str | None = "high",
) -> Figure:
    """A figure read in a table or on a form."""
    read = Number(Decimal(value), Decimal(rounded_to) if rounded_to else None)
    width = Interval(Decimal(span[0]), Decimal(span[1])) if span else None
    name, locator, label = place
    return Figure(
        value=read.value,
        unit=unit,
        basis=basis,
        currency=currency,
        day=day,
        span=width or (read.span() if rounded_to else None),
        places=(Place(document="ab" * 32, name=name, locator=locator, label=label, cites=cites),),
        known_from=known,
        doubt=doubt,
        confidence=confidence,
    )


def a_day(
    text: str, basis: str, place: tuple[str, str, str] = ("facts.csv", "row 2, column value", "column value")
) -> Figure:
    """A date read in a table or on a form."""
    name, locator, label = place
    return Figure(
        text=text,
        unit="date",
        basis=basis,
        places=(Place(document="ab" * 32, name=name, locator=locator, label=label),),
    )


def money(value: str, basis: str, *, day: str | None = None, currency: str = "HKD", **more: Any) -> Figure:
    return number(value, "currency", basis, day=day, currency=currency, **more)


def entry(*, form: str = "press", **changes: Any) -> Entry:
    """The event of 8 November 2022: disclosures.csv, row st-2022-11-08. On a form: the same figures in its boxes."""
    boxes = {
        "moved": ("lblDEvtShare", "box 17"),
        "price": ("lblDEvtAPrice", "box 17"),
        "before": ("grdSh_BEvt", "box 18"),
        "after": ("grdSh_AEvt", "box 19"),
        "day": ("lblDEventDate", "box 15"),
    }

    def place(field: str) -> tuple[str, str, str]:
        if form == "press":
            return ("disclosures.csv", f"row 1, column {field}", f"column {field}")
        return ("CS20221111E00123.html", *boxes[field])

    cites = PRESS_CITES if form == "press" else ()
    known = PRESS_KNOWN if form == "press" else datetime(2022, 11, 11, 15, 59, 59, tzinfo=UTC)
    more: dict[str, Any] = {"cites": cites, "known": known}
    of = "of the issued Class B shares, as filed"
    whole: dict[str, Any] = {
        "id": "st-2022-11-08",
        "day": date(2022, 11, 8),
        "known_from": known,
        "form": form,
        "code": None if form == "press" else "1201",
        "meaning": None if form == "press" else "completed a sale",
        "told": "disposal" if form == "press" else None,
        "direction": Direction.DISPOSE,
        "before": Stake(percent=number("9.05", "pct", of, rounded_to="0.01", place=place("before"), **more)),
        "after": Stake(percent=number("8.74", "pct", of, rounded_to="0.01", place=place("after"), **more)),
        "moved": number("80000000", "shares", "shares disposed of", day="2022-11-08", place=place("moved"), **more),
        "price": money("1.819", "average price on exchange", day="2022-11-08", place=place("price"), **more),
        "venue": "on-exchange",
        "event_day": a_day("2022-11-08", "day of the event", place("day")),
        "serials": () if form == "press" else ("CS20221111E00123",),
    }
    return Entry(**(whole | changes))


# shares_in_issue.csv, rows 2022-06-24
CLASS_COUNT = number("25978640000", "shares", "Class B shares in issue", rounded_to="10000", day="2022-06-24")
COMPANY_COUNT = number("33507400000", "shares", "all shares in issue", day="2022-06-24")


def of_company(percent: Figure) -> Figure:
    result = percent.bounds() * CLASS_COUNT.bounds() / COMPANY_COUNT.bounds()
    inputs = (percent, CLASS_COUNT, COMPANY_COUNT)
    return derive(
        "percent of the class x shares of the class / all shares", inputs, result, unit="pct", basis="of all shares"
    )


def event(*, form: str = "press", **changes: Any) -> Event:
    told = changes.pop("entry", None) or entry(form=form)
    before, after = told.before.percent, told.after.percent
    crossings: tuple[Crossing, ...] = ()
    if before is not None and after is not None:
        law = Crossing(
            base=Base.CLASS, law=True, before=before, after=after, before_level=9, after_level=8, crossed=(9,)
        )
        contrast = Crossing(
            base=Base.COMPANY,
            law=False,
            before=of_company(before),
            after=of_company(after),
            before_level=7,
            after_level=6,
            crossed=(7,),
        )
        crossings = (law, contrast)
    whole: dict[str, Any] = {
        "id": "e-alibaba-00020-b-2022-11-08",
        "kind": EventKind.CROSSING,
        "party": ALIBABA,
        "security": Security(subject="hk:00020", share_class="B"),
        "leg": Leg.LONG,
        "day": told.day,
        "known_from": told.known_from,
        "entry": told,
        "direction": "down",
        "cause": Cause.TRADE,
        "cause_why": "shares were disposed of",
        "crossings": crossings,
        "law": "section 313(1)(c)",
    }
    return Event(**(whole | changes))


def rate(value: str, day: str) -> Figure:
    """fx_points.csv: ECB crosses of that day, to five decimals."""
    return number(value, "rate", "HKD per USD, ECB cross", rounded_to="0.00001", day=day)


def in_dollars(amount: Figure, used: Figure) -> Worth:
    result = amount.bounds() / used.bounds()
    other = derive("amount / rate", (amount, used), result, unit="currency", currency="USD", basis=amount.basis)
    return Worth(amount=amount, converted=other, rate=used)


def prices() -> Prices:
    """issuer.json (listing); price_checks.csv (records); prices_0020HK_daily.csv, 8 and 15 November 2022."""
    offer = money("3.85", "offer price", day="2021-12-30")
    high = money("9.70", "intraday high, the highest since listing", day="2022-01-04")
    close = money("1.79", "closing price", day="2022-11-15", doubt="one source")
    return Prices(
        listed=a_day("2021-12-30", "first day of trading"),
        offer=offer,
        record_high=high,
        record_close=money("8.20", "closing price, the highest since listing", day="2022-01-04"),
        event_low=money("1.72", "intraday low", day="2022-11-08", doubt="one source"),
        event_high=money("2.04", "intraday high", day="2022-11-08", doubt="one source"),
        last_close=close,
        last_low=money("1.63", "intraday low", day="2022-11-15", doubt="one source"),
        last_high=money("1.85", "intraday high", day="2022-11-15", doubt="one source"),
        from_offer=change(offer, close, basis="from the offer price"),
        from_record=change(high, close, basis="from the intraday high"),
    )


def line(label: str, measure: str, current: Figure, prior: Figure | None, sense: str | None, **more: Any) -> Line:
    turned = prior is not None and (prior.number < 0) != (current.number < 0)
    worked = change(prior, current, basis=f"{label}, change") if prior is not None and not turned else None
    return Line(
        label=label, measure=measure, period="2022H1", current=current, prior=prior, change=worked, sense=sense, **more
    )


def rmb(value: str, basis: str, *, half: str = "2022H1", **more: Any) -> Figure:
    return money(value, basis, day=half, currency="CNY", **more)


def printed(value: str, **more: Any) -> Figure:
    return number(value, "pct", "change, as printed", rounded_to="0.01", day="2022H1", **more)


def pair(  # both periods of one line
    name: str, now: str, then: str, basis: str = "as reported", unit: str | None = None, **more: Any
) -> tuple[str, Figure, Figure]:
    current, prior = (rmb(v, basis, half=h, rounded_to=unit, **more) for v, h in ((now, "2022H1"), (then, "2021H1")))
    return (f"result.{name}", current, prior)


def results() -> Results:
    """results_1h2022.csv (thousand RMB) and segments_1h2022.csv (million RMB); printed changes of the same rows."""
    adjusted = "adjusted, non-IFRS, as the issuer defines it"
    once: dict[str, Any] = {"doubt": "one source", "confidence": "medium"}

    research = (
        "result.research_and_development",
        rmb("-2036300000", "as reported", span=("-2037600000", "-2035000000")),
        rmb("-1772500000", "as reported", half="2021H1", span=("-1773700000", "-1771300000")),
    )
    impairment = pair("impairment", "-542180000", "-178650000", unit="10000", **once)
    times = derive(
        "this period / the period before",
        impairment[1:],
        impairment[1].bounds() / impairment[2].bounds(),
        unit="x",
        basis="of the period before",
    )
    return Results(
        period="2022H1",
        lines=(
            line("revenue", *pair("revenue", "1415343000", "1651809000"), "fell"),
            line("gross profit", *pair("gross_profit", "934043000", "1205069000"), "fell"),
            line("selling expenses", *pair("selling", "-402150000", "-292390000", unit="10000", **once), "rose"),
            line(
                "administrative expenses",
                *pair("administrative", "-768630000", "-1443170000", unit="10000", **once),
                "fell",
            ),
            line("research and development expenses", *research, "rose", printed_change=printed("14.88")),
            line("net impairment losses", *impairment, "rose", times=times),
            line("loss for the period", *pair("profit", "-3207988000", "-3712873000"), "narrowed"),
            line("adjusted net loss", *pair("adjusted_profit", "-2564180000", "-702665000", basis=adjusted), "widened"),
        ),
        segments=(
            segment("Smart Business", "568000000", "647000000", "fell", printed("-12.2"), "1000000"),
            segment("Smart City", "434000000", "786000000", "fell", printed("-44.8"), "1000000"),
            segment("Smart Life", "292000000", "147800000", "rose", printed("97.6"), "1000000"),
            segment("Smart Auto", "120800000", "70600000", "rose", printed("71.1"), "100000"),
        ),
    )


def segment(label: str, now: str, then: str, sense: str, told: Figure, unit: str) -> Line:
    _, current, prior = pair("revenue", now, then, f"revenue of {label}", unit)
    return line(label, "segment.revenue", current, prior, sense, printed_change=told)


def peers() -> tuple[Line, ...]:
    """peers_1h2022.csv; Megvii from its row 2021H1."""
    owners = "net loss attributable to owners"
    glint = "worked out from printed growth rates: 56.87 to 56.94 million"
    return (
        line("Cambricon", "result.profit_attributable", rmb("-622000000", owners, rounded_to="1000000"),
             rmb("-392000000", owners, half="2021H1", rounded_to="1000000", doubt="one source"), "widened"),
        line("CloudWalk", "result.profit_attributable", rmb("-325359279.58", owners), None, None),
        line("Deep Glint", "result.profit_attributable", rmb("-12561582.98", owners),
             rmb("-56910000", owners, half="2021H1", rounded_to="10000", doubt=glint), "narrowed"),
        Line(label="Megvii", measure="result.profit", period="2021H1",
             current=rmb("-1865000000", "net loss", half="2021H1", rounded_to="1000000"),
             note="STAR Market prospectus"),
    )  # fmt: skip


def context(told: Event | None = None) -> Context:
    deal = (told or event()).entry
    proceeds = None
    if deal.moved is not None and deal.price is not None:
        paid = deal.moved.bounds() * deal.price.bounds()
        amount = derive(
            "shares x average price", (deal.moved, deal.price), paid, unit="currency", currency="HKD", basis="proceeds"
        )
        proceeds = in_dollars(amount, rate("7.84994", "2022-11-08"))
    around = prices()
    assert around.last_close is not None
    worth = derive(
        "closing price x all shares in issue",
        (around.last_close, COMPANY_COUNT),
        around.last_close.bounds() * COMPANY_COUNT.bounds(),
        unit="currency",
        currency="HKD",
        basis="market value of all shares",
        day="2022-11-15",
    )
    return Context(
        class_count=CLASS_COUNT,
        company_count=COMPANY_COUNT,
        prices=around,
        proceeds=proceeds,
        market_value=in_dollars(worth, rate("7.8268", "2022-11-15")),
        results=results(),
        peers=peers(),
    )


def gap() -> Event:
    """A gap with invented bounds: from a notice of 1 June 2022 at 9.98% to this one at 9.05%."""
    earlier = number("9.98", "pct", "of the issued Class B shares, as filed", rounded_to="0.01")
    before = entry().before.percent
    assert before is not None
    inputs = (earlier, before, CLASS_COUNT)
    span = Interval(Decimal(-243900000), Decimal(-238800000))
    net = derive("before - last notice", inputs, span, unit="shares", basis="net change without a notice")
    points = derive(
        "before - last notice",
        inputs[:2],
        Interval(Decimal("-0.945"), Decimal("-0.92")),
        unit="pp",
        basis="of the class",
    )
    low, high = (
        derive(f"level {name}", inputs[:2], Interval.exact(Decimal(value)), unit="pct", basis="if the law was kept")
        for name, value in (("from below", "9"), ("from above", "10"))
    )
    return Event(
        id="g1",
        kind=EventKind.GAP,
        party=ALIBABA,
        security=Security(subject="hk:00020", share_class="B"),
        leg=Leg.LONG,
        day=date(2022, 11, 8),
        entry=entry(),
        gap=Gap(
            first="x",
            last="st-2022-11-08",
            start=date(2022, 6, 1),
            end=date(2022, 11, 8),
            net=net,
            points=points,
            if_lawful=(low, high),
            lawful_note="section 313(1)(c) asks for a notice whenever the level changes",
        ),
    )


def widened(figure: Figure, low: str, high: str) -> Figure:
    """The same figure with other bounds."""
    span = Interval(Decimal(low), Decimal(high))
    return derive(figure.formula or "", figure.inputs, span, unit=figure.unit, basis=figure.basis)


def regime() -> Regime:
    def cited(place: str) -> Citation:
        return Citation(instrument="Securities and Futures Ordinance (Cap. 571)", place=place)

    levels = Levels(
        regime="hk",
        leg="long",
        base=Base.CLASS,
        floor=Decimal(5),
        step=Decimal(1),
        since=date(2003, 4, 1),
        enter=cited("section 313(1)(a)"),
        cease=cited("section 313(1)(b)"),
        change=cited("section 313(1)(c)"),
    )
    return Regime(code="hk", name="Hong Kong", zone=ZONE, currency="HKD", forms={}, codes={}, levels=(levels,))
