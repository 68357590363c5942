"""Figures in words, for print in English.

Rules, in the order in which they apply:

1. A figure that was read is printed as it was read: "9.05%", "622 million". Its own rounding is the source's.
2. A figure that was computed, or whose value is only the middle of its span, is printed with no more digits than are
   known: its span is at most one and a half units of the last printed digit wide, as that of a number which was either
   rounded or cut off (`model.numbers.Number.span`). The value itself lies within half a unit of the words. Where no
   digits can do that the words give the bounds, rounded outwards: "between 1.2 and 3.4 million".
3. Amounts from a million up are told in million, billion or trillion: exact where five digits suffice, else to two
   decimals of the scale. Lines of results stay in million and are rounded to four digits, or to a whole million where
   that shows more. Less than a million is exact.
4. Rounding is half up on the exact value (halves away from zero).
5. "about" stands before an amount that is not exact and shows fewer than four digits, or zeros for digits that are not
   known. Changes, rates and times are printed to a fixed number of decimals without it; their footnote gives the exact
   value.

Signs are left to the sentence ("a loss of", "down", "below"): all words here tell the size alone.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

from stakeline.model.figures import Figure
from stakeline.model.numbers import PRECISION, Interval

SCALES = ((Decimal(10**12), " trillion"), (Decimal(10**9), " billion"), (Decimal(10**6), " million"))
SYMBOLS = {"HKD": "HK$", "USD": "US$", "CNY": "RMB "}

_ONE = Decimal(1)
_CENT = Decimal("0.01")
_ROUNDED_OR_CUT = Decimal("1.5")
_MOST_STEPS = 2 * PRECISION
_EXACT_DIGITS = 5
_KNOWN_DIGITS = 4


def round_to(value: Decimal, unit: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """The value to the nearest unit (a power of ten), halves away from zero, decided exactly."""
    with localcontext(prec=4 * PRECISION):
        return value.quantize(unit, rounding=rounding) if unit < 1 else (value / unit).quantize(_ONE, rounding) * unit


def fit(value: Decimal, span: Interval, unit: Decimal) -> tuple[Decimal, Decimal] | None:
    """The value rounded to the finest unit, from `unit` up, that is known (rule 2 above); unit is a power of ten.

    Returns the rounded number and the unit used; None where only a rounding to zero is left. A unit at which the value
    would vanish is made finer first.
    """
    with localcontext(prec=4 * PRECISION):
        for _ in range(_MOST_STEPS):
            if value == 0 or round_to(value, unit) != 0:
                break
            unit = unit.scaleb(-1)
        for _ in range(_MOST_STEPS):
            shown = round_to(value, unit)
            if shown == 0 and not span.is_exact:
                return None
            if span.high - span.low <= unit * _ROUNDED_OR_CUT:
                return shown, unit
            unit = unit.scaleb(1)
    return None


def digits_of(value: Decimal) -> int:
    """Digits of a number without leading and trailing zeros."""
    return len(value.normalize().as_tuple().digits)


def plain(value: Decimal, unit: Decimal | None = None) -> str:
    """A number in digits with commas; with the decimals of unit, or as many as it needs."""
    if unit is not None and unit < 1:
        return f"{round_to(value, unit):,f}"
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_read(figure: Figure) -> bool:
    """True where the value is what a source prints, so that its digits are the source's own.

    A value is not: that was computed, or whose span reaches further than two units of its last digit to a side (the
    middle of an interval that several sources allow).
    """
    if figure.derived:
        return False
    if figure.span is None:
        return True
    exponent = figure.number.normalize().as_tuple().exponent
    unit = _ONE.scaleb(exponent if isinstance(exponent, int) else 0) * 2
    with localcontext(prec=4 * PRECISION):
        return figure.number - unit <= figure.span.low and figure.span.high <= figure.number + unit


def _size(figure: Figure) -> tuple[Decimal, Interval]:
    """The figure without its sign, and the span that its words must stand for."""
    value, span = figure.number, figure.bounds()
    if as_read(figure):
        span = Interval.exact(value)
    return (-value, -span) if value < 0 else (value, span)


def _coarse(figure: Figure) -> bool:
    """True where a source's own rounding is coarser than a million: "RMB 2.04 billion" must not become 2,040 million."""
    return figure.span is not None and figure.span.high - figure.span.low > _ROUNDED_OR_CUT * SCALES[-1][0]


def _scale(size: Decimal, *, millions: bool) -> tuple[Decimal, str]:
    scales = SCALES[-1:] if millions else SCALES
    return next(((scale, word) for scale, word in scales if size >= scale), (_ONE, ""))


def amount(figure: Figure, *, millions: bool = False, digits: int = _EXACT_DIGITS) -> str:
    """Shares or money: "80 million", "about 2.27 billion", "HK$145.52 million", "RMB 1,415 million".

    millions: stay in million, four digits, as results are told. digits: how many may be printed to be exact.
    """
    size, span = _size(figure)
    scale, word = _scale(size, millions=millions and not _coarse(figure))
    symbol = money_symbol(figure)
    with localcontext(prec=4 * PRECISION):
        if span.is_exact and (scale == 1 or digits_of(size / scale) <= digits):
            return f"{symbol}{plain(size / scale)}{word}"
        within = Interval(span.low / scale, span.high / scale)
        found = fit(size / scale, within, _unit(size / scale, millions=millions))
    if found is None:
        return bounds(figure)
    shown, unit = found
    about = "about " if shown / unit < 10 ** (_KNOWN_DIGITS - 1) or unit > 1 else ""
    return f"{about}{symbol}{plain(shown, unit)}{word}"


def base_count(figure: Figure) -> str:
    """Shares that a percentage is taken of: exact, in million ("25,978.64 million")."""
    return amount(figure, millions=True, digits=12)


def in_millions(figure: Figure) -> str:
    """A line of results: "RMB 1,415 million"."""
    return amount(figure, millions=True)


def _unit(scaled: Decimal, *, millions: bool) -> Decimal:
    if not millions:
        return _CENT
    return min(_ONE, max(_CENT, _ONE.scaleb(scaled.adjusted() - _KNOWN_DIGITS + 1)))


def loosely(figure: Figure) -> str:
    """An amount whose bounds are printed beside it: to the first digit that they leave open ("about 185 million")."""
    size, span = _size(figure)
    if span.is_exact:
        return amount(figure)
    scale, word = _scale(size, millions=False)
    with localcontext(prec=4 * PRECISION):
        unit = max(_CENT if scale > 1 else _ONE, _ONE.scaleb(((span.high - span.low) / scale).adjusted()))
        shown = round_to(size / scale, unit)
        inside = span.low <= shown * scale <= span.high
    return f"about {money_symbol(figure)}{plain(shown, unit)}{word}" if shown and inside else bounds(figure)


def bounds(figure: Figure) -> str:
    """The bounds of an amount or percentage, rounded outwards: "between 2.269 and 2.274 billion".

    Figures below zero are told by their size; one that may be on either side of zero keeps its signs.
    """
    low, high = figure.bounds().low, figure.bounds().high
    if high <= 0:
        low, high = -high, -low
    widest = max(abs(low), abs(high))
    scale, word = _scale(widest, millions=False)
    symbol, after = money_symbol(figure), "%" if figure.unit == "pct" else ""
    with localcontext(prec=4 * PRECISION):
        low, high = low / scale, high / scale
        unit = _ONE.scaleb((widest / scale).adjusted() - _KNOWN_DIGITS + 1) if widest else _ONE
        if figure.unit == "shares" and scale == 1:
            unit = _ONE
        # Adding zero takes the sign from a zero: "between -0.00 and 2.86 million" is none.
        least, most = round_to(low, unit, ROUND_FLOOR) + 0, round_to(high, unit, ROUND_CEILING) + 0
    return f"between {symbol}{plain(least, unit)}{after} and {symbol}{plain(most, unit)}{after}{word}"


def percent(
    figure: Figure, *, decimals: int = 1, at_least: int = 0, about: bool = False, coarsest: Decimal | None = None
) -> str:
    """A percentage: "9.05%" as read, "14.3%" as computed (decimals). at_least: decimals that the form prints.

    about: say so where the printed digits are not the exact value. coarsest: the last unit to round to, above which the words
    give the bounds (nobody reads "about 10%" as anything from 5% to 15%).
    """
    size, span = _size(figure)
    if as_read(figure):
        exponent = size.normalize().as_tuple().exponent
        printed = -exponent if isinstance(exponent, int) else 0
        return f"{plain(size, _ONE.scaleb(-max(printed, _decimals(figure, at_least))))}%"
    found = fit(size, span, _ONE.scaleb(-decimals))
    if found is None or (coarsest is not None and found[1] > coarsest):
        return bounds(figure)
    if span.is_exact and found[0] == size:
        return f"{plain(size)}%"
    return f"{'about ' if about else ''}{plain(*found)}%"


def _decimals(figure: Figure, at_least: int) -> int:
    """The decimals that a form printed of a percentage, by how far its rounding reaches: "5.0%" is no "5%" and no "5.00%".

    at_least: what is printed of one that tells no rounding; 0 asks for no more decimals than the value has.
    """
    if figure.span is None or not at_least:
        return at_least
    reach = figure.span.high - figure.number
    if reach > 0 and reach == _ONE.scaleb(reach.adjusted()):
        return max(0, -reach.adjusted())
    return at_least if figure.span.high - figure.span.low <= _ONE.scaleb(1 - at_least) else 0


def points(figure: Figure) -> str:
    """A difference of percentages, whose bounds stand in its footnote: "0.70 percentage points", always to two decimals.

    One that may be on either side of zero, or that two decimals cannot show, is told by its bounds.
    """
    size, span = _size(figure)
    if (span.low < 0 < span.high and not span.is_exact) or (size and round_to(size, _CENT) == 0):
        return f"{bounds(figure)} percentage points"
    about = "" if span.is_exact and round_to(size, _CENT) == size else "about "
    return f"{about}{plain(size, _CENT)} percentage points"


def price(figure: Figure) -> str:
    """A price per share: two decimals, or four where it has more than two ("HK$9.70", "HK$1.8190")."""
    size, span = _size(figure)
    exponent = size.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    if as_read(figure) and figure.span is not None:
        known = min(4, -(figure.span.high - figure.span.low).adjusted())  # rounded at the source: no digit more
        shown = 2 if decimals <= 2 else max(decimals, known)
        return f"{money_symbol(figure)}{plain(size, _ONE.scaleb(-shown))}"
    found = fit(size, span, _CENT if decimals <= 2 else Decimal("0.0001"))
    return f"{money_symbol(figure)}{plain(*found)}" if found else bounds(figure)


def rate(figure: Figure) -> str:
    """An exchange rate or other ratio to five digits: "7.8268"."""
    size, span = _size(figure)
    found = fit(size, span, _ONE.scaleb(size.adjusted() - 4)) if size else None
    return plain(*found) if found else bounds(figure)


def times(figure: Figure) -> str:
    """A ratio of two amounts: "3.03 times"."""
    size, span = _size(figure)
    found = fit(size, span, _CENT)
    return f"{plain(*found)} times" if found else f"{bounds(figure)} times"


def money_symbol(figure: Figure) -> str:
    """What stands before an amount of the figure's currency; nothing where it has none."""
    return SYMBOLS.get(figure.currency, f"{figure.currency} ") if figure.currency else ""
