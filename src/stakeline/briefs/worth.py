"""Amounts of money in another currency, at the rate of a stated day."""

from stakeline.briefs.numerals import amount, money_symbol, rate
from stakeline.briefs.phrases import Sentence, clause, clean, dated, mark, sentence, show
from stakeline.model.context import Worth

_CURRENCIES = {"HKD": "Hong Kong dollar", "USD": "US dollar", "CNY": "renminbi", "EUR": "euro", "JPY": "yen"}


def converted(worth: Worth) -> Sentence | None:
    """Gives "US$18.54 million at HK$7.8499 per US dollar on 8 November 2022"."""
    other, used = worth.converted, worth.rate
    if other is None or used is None:
        return None
    divided = abs(worth.amount.number / used.number - other.number)
    multiplied = abs(worth.amount.number * used.number - other.number)
    per, of = (other, worth.amount) if divided <= multiplied else (worth.amount, other)
    code = clean(per.currency or "")
    words = f"{money_symbol(of)}{rate(used)} per {_CURRENCIES.get(code, code)}"
    return sentence(show(amount, other), " at ", mark(words, used), clause(" on ", dated(used)))
