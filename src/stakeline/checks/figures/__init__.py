"""Figures from text: every amount, percentage, count of shares, multiple, day and period that an article claims, with offsets.

`find` returns the figures; `read` also what stands around them: days and periods that only say when ("in June", "上年"), the
sentences, the language. English and Chinese, simplified and traditional, by one grammar:

numbers   digits and numerals -> exact values          amounts   a number with currency, magnitude, unit
units     the words of units                           words     doubled, two thirds, 三成, 三十億元
noise     codes, ranks, times, names                   days, periods
currency  what a bare $ or 元 means                    context   what neighbours settle
bare      what a number without unit counts

Whatever the text, the work is linear in its length: every pattern is a class repeated that no other pattern part can follow in
vain, or bounded, and looks around a number are of fixed width.
"""

import re
from datetime import date

import msgspec

from stakeline.checks.figures import context, noise
from stakeline.checks.figures.amounts import Draft, amounts
from stakeline.checks.figures.currency import Usage, usage
from stakeline.checks.figures.days import Time, days
from stakeline.checks.figures.periods import periods
from stakeline.checks.figures.words import words
from stakeline.checks.text import Plain, language, script
from stakeline.model.claims import Found, Language, Script

_DATELINE = re.compile(
    r"\((?:Reuters|Bloomberg|AP|AFP|Xinhua|Dow Jones|PTI|Kyodo|Yonhap)\)|(?i:published|updated|posted|date)d?[: ]|發[佈布]|发布|时间|時間|日期|[0-9]{1,2}:[0-9]{2}|报道|報道|讯|訊|電$|电$"
)
_CITY = re.compile(r"(?:[A-Z][A-Za-z.]{1,15}(?: [A-Z][A-Za-z.]{1,15}){0,2}[,/] ?){1,2}")
_DASH = re.compile(r" ?(?:\([A-Z][A-Za-z ]{1,20}\) ?)?[-–—]")
"""In front of a day and behind it, where a line begins with its dateline: HONG KONG, March 12, 2024 (Reuters) -."""
_HEAD = 600
_LETTER = re.compile(r"[^\W\d_]")
_YEARS = range(1900, 2200)
"""Years in which an article can have been written."""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A text with its figures.

    on: the article's day, as given or from its dateline. lang, script: of the text as a whole. sentences: [start, end) of each.
    figures: what the text claims. asides: days and periods, and words of growth in a headline, that only accompany others.
    """

    text: str
    on: date | None
    lang: Language
    script: Script | None
    sentences: tuple[tuple[int, int], ...]
    figures: tuple[Found, ...]
    asides: tuple[Found, ...]


def find(
    text: str, *, on: date | None = None, lang: Language | None = None, currency: str | None = None
) -> tuple[Found, ...]:
    """The figures of a text, in order of start, none overlapping another.

    on: the article's day, to which relative days refer; without it a dateline is looked for. lang: of the text, if known.
    currency: what 元 means in it, and a dollar without country where the article does not tell (ISO code).
    """
    return read(text, on=on, lang=lang, currency=currency).figures


def read(text: str, *, on: date | None = None, lang: Language | None = None, currency: str | None = None) -> Article:
    """A text with its figures and what only accompanies them; parameters as of `find`."""
    plain = Plain(text)
    on = on if on is not None and on.year in _YEARS else dateline(plain.text)
    times = _longest([*days(plain.text, on), *periods(plain.text, on)])
    taken = sorted([*((t.start, t.end) for t in times), *noise.webs(plain.text)])
    drafts = _merged(plain.text, taken)
    signs = usage(plain.text, currency)
    main = lang or language(plain.text)
    settled = context.settle(plain, drafts)
    langs = _languages(plain, main)
    stated = [
        (
            d.start,
            _number(text, plain, d, signs, langs),
            d.word and (d.growth or d.unit != "pct") and _headline(plain, d),
        )
        for d in settled
    ]
    stated += [(t.start, _time(text, plain, t, langs), t.aside) for t in times]
    stated.sort(key=lambda s: s[0])
    return Article(
        text=text,
        on=on,
        lang=main,
        script=script(plain.text) if main == "zh" else None,
        sentences=tuple(plain.origin(*s) for s in plain.sentences),
        figures=tuple(found for _, found, aside in stated if not aside),
        asides=tuple(found for _, found, aside in stated if aside),
    )


def dateline(text: str) -> date | None:
    """The day an article says it was published: a full day in a line of its head that speaks of publishing, or stands alone."""
    head = text[:_HEAD]
    for time in sorted(days(head, None), key=lambda t: t.start):
        if time.unit == "date" and time.day is not None and time.day.year in _YEARS:
            begin, end = head.rfind("\n", 0, time.start) + 1, head.find("\n", time.end)
            line = head[begin : end if end >= 0 else len(head)]
            around = head[max(time.start - 40, begin) : time.end + 24].partition("\n")[0]
            opens = _CITY.fullmatch(head, begin, time.start) and _DASH.match(head, time.end)
            if len(line) <= time.end - time.start + 8 or _DATELINE.search(around) or opens:
                return time.day
    return None


def _longest(times: list[Time]) -> list[Time]:
    """Of times that overlap the one that begins first, of these the longest."""
    kept: list[Time] = []
    for time in sorted(times, key=lambda t: (t.start, -t.end, t.aside)):
        if not kept or time.start >= kept[-1].end:
            kept.append(time)
    return kept


def _merged(text: str, taken: list[tuple[int, int]]) -> list[Draft]:
    """Numbers in digits and in words, in order, none overlapping a time or one another."""
    drafts = sorted([*amounts(text, taken), *words(text)], key=lambda d: (d.start, -d.end))
    kept: list[Draft] = []
    at = 0
    for draft in drafts:
        while at < len(taken) and taken[at][1] <= draft.start:
            at += 1
        if at < len(taken) and taken[at][0] < draft.end:
            continue
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
    return kept


def _languages(plain: Plain, main: Language) -> list[Language]:
    """The language of each sentence; of one without words, that of the text."""
    return [language(part) if _LETTER.search(part) else main for part in (plain.text[a:b] for a, b in plain.sentences)]


def _headline(plain: Plain, draft: Draft) -> bool:
    """Whether a figure stands in a headline: a first line without a stop, above others. Its words of growth repeat what the text says."""
    start, end = plain.sentences[0]
    return (
        draft.end <= end
        and plain.text[end : end + 1] == "\n"
        and plain.text[end - 1] not in ".!?。"
        and start <= draft.start
    )


def _number(text: str, plain: Plain, draft: Draft, signs: Usage, langs: list[Language]) -> Found:
    """A draft as a figure of the original text."""
    start, end = plain.origin(draft.start, draft.end)
    sentence = plain.sentence_at(draft.start)
    return Found(
        start=start,
        end=end,
        text=text[start:end],
        value=draft.value,
        unit=draft.unit or "count",
        currency=signs.settle(draft.currency, plain.text, draft.start) if draft.unit == "currency" else None,
        approx=draft.approx,
        half=draft.half,
        bound=draft.bound,
        bracket=draft.bracket,
        noun=draft.noun,
        word=draft.word,
        growth=draft.growth,
        sentence=sentence + 1,
        lang=langs[sentence],
    )


def _time(text: str, plain: Plain, time: Time, langs: list[Language]) -> Found:
    """A day or period as a figure of the original text."""
    start, end = plain.origin(time.start, time.end)
    sentence = plain.sentence_at(time.start)
    return Found(
        start=start,
        end=end,
        text=text[start:end],
        unit=time.unit,
        day=time.day,
        period=time.period,
        since=time.since,
        until=time.until,
        sentence=sentence + 1,
        lang=langs[sentence],
    )
