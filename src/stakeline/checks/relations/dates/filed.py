"""Two days told together: a trade and its report, a plan and its day."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from stakeline.checks.figures.days import MONTH, MONTHS
from stakeline.checks.relations.dates.days import settled
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation
from stakeline.model.claims import Found

_TRADED = re.compile(
    r"\b(?:sold|bought|acquired|purchased|disposed|offloaded|completed (?:the|its|a|their) (?:sale|purchase|disposal|acquisition)|took place|executed|carried out|happened|struck|changed hands|stems from|traded|crossed|occurred|arose)\b",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\b(?:sale|purchase|trade|disposal|deal|acquisition|transaction|event)s? (?:date (?:is |was |given as |: )*|of |on |dated |for )$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:disclosed|declared|filed|reported|told|announced|notified|submitted|lodged|published|informed|revealed)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:notice|filing|disclosure|notification|report|form|statement|submission)s?(?: [0-9][A-Z]?,)? (?:date (?:is |was |as |: )*|(?:[a-z]+ )?(?:of |on |dated ))$",
    re.IGNORECASE,
)
_TRADED_HAN = re.compile(
    r"[^,，。;；0-9]{0,12}(?:[减減增]持|[卖賣买買沽]|售出|出售|[购購]入|回[购購]|[进進]行|成交|交易|完成|[发發]生|[触觸]及)"
)
_REPORTED_HAN = re.compile(
    r"[^,，。;；0-9]{0,12}(?:申[报報]|披露|公告|公[布佈]|提交|呈交|[报報]告|通知)|[^,，。;；0-9]{0,4}收到[^,，。;；0-9]{0,30}(?:告知|通知|函)"
)
_TRADE_HAN, _REPORT_HAN = (
    re.compile(rf"(?:{nouns})[^,，。;；0-9]{{0,6}}日期?[为為是]?[:：]?$")
    for nouns in ("事件|交易|成交|[买買卖賣售]出|[减減增]持", "[呈申][报報]|披露|公[告布佈]|通知|表格|文件")
)
"""In front of a day: 呈報表格日期為2月25日."""
_STANDS = re.compile(r"\bas (?:of|at|on) (?:[A-Z][a-z]+day, )?$|截[至止]$", re.IGNORECASE)
_HELD = re.compile(
    r",? (?:it|he|she|they|the [a-z]+|[A-Z][A-Za-z]+(?: [A-Z][a-z]+)*) (?:ha[sd]|held|holds|own(?:s|ed)|bought|sold)\b"
    r"|[,，][^。；;]{0,24}(?:累[计計]|已|持有|持股|合[计計]|共)",
)
"""In front of a day and behind it: what is told was so by then, as a trade is done when it is reported."""
_RECEIVED = re.compile(r"[^,，。;；0-9]{0,4}收到")
_OF_TRADE = re.compile(r"\bof (?:the|a|its|that|this) (?:sale|purchase|trade|disposal|acquisition) (?:of|on) $")
"""Between a report and the day of the trade that it is of."""
_INTENDED = re.compile(
    r"plan|inten[dt]|\bwill\b|would|\b(?-i:may)\b|propos|expect|results?\b|profit|earnings|dividend|(?:stake|holding) of (?:[a-z]+ ){0,2}[0-9]|another|more\b|further|again|\bhad (?:[a-z]+ )?(?:disclosed|filed|reported|announced|shown|put|given|told)|annual|interim|quarter|authori[sz]|mandate|approv|for (?:example|instance)"
    r"|拟|擬|[将將]|[计計][划劃畫]|[预預]|意向|申[报報][转轉][让讓]|[转轉][让讓]期[间間]|[业業][绩績]|派息|[年季中][报報]|授[权權]|批准|[获獲]准|例如|再|另(?![类類])|又",
    re.IGNORECASE,
)
"""Among two days: the report is of an intention or of something else, or the trade is a further one."""
_OF_RESULTS = re.compile(
    r"\b(?:profits?|loss(?:es)?|earnings|revenue|turnover|results|dividend)\b|[利溢][润潤]|亏损|虧損|[营營]收"
)
"""Behind the day of a report: it is of results."""
_SOURCE = re.compile(
    r"\bthat (?:it|he|she|they|the [a-z]+) had\b|\b(?:according to|stems from|it reports|filing|notice|notification|disclosure|form|report)\b|[据據]|文件|公告|[通告]知|收到|所[申披]|申[报報]|披露其|[显顯]示|[称稱]",
    re.IGNORECASE,
)
"""What makes a report that stands in front of a trade the report of that trade."""
_SAYS = re.compile(r"[^,，。;；0-9]{0,12}(?:表示|[称稱]|宣[布佈]|[发發][布佈])")
"""Behind a day on which something was said that follows: it is no report of what went before."""
_DONE = re.compile(r"已(?!公)")
_SENTENCE = re.compile(r"[。！？\n]|[.!?] ")
_OF_HOLDER = re.compile(
    r"holder|stake|interest|holding|insider|股[东東]|持股|[增减減]持|[买買卖賣沽]出?|告知|权益|權益|回[购購]",
    re.IGNORECASE,
)
"""In a sentence with a report in front of that of a trade: it is of shares that somebody owns."""
_NEAR = 8
"""Figures in front of a day among which the day before it is looked for."""
_APART = timedelta(days=60)
"""Days further apart are perhaps of two trades."""


def _role(page: Page, index: int) -> str | None:
    """Whether a day is told as that of a trade or of its report: by the verb behind it in Chinese, in front of it in English."""
    if _STANDS.search(page.lead(index)) and _HELD.match(page.tail(index)):
        return "traded"
    if page.found(index).lang == "zh":
        tail = page.text[page.found(index).end : page.found(index).end + 24]
        marks = [
            (m.end(), r) for r, p in (("traded", _TRADED_HAN), ("reported", _REPORTED_HAN)) if (m := p.match(tail))
        ]
        named = (r for r, p in (("traded", _TRADE_HAN), ("reported", _REPORT_HAN)) if p.search(page.lead(index)))
        received = "reported" if _RECEIVED.match(tail) else None
        return next(named, received) or (min(marks)[1] if marks else None)
    start = page.found(index).start
    dated = max((page.found(i).end for i in range(max(index - _NEAR, 0), index) if page.found(i).day), default=0)
    lead = re.split(r"[.;!?\n] ", page.text[max(dated, start - 90, 0) : start])[-1]
    verbs = [(m.end(), r) for r, p in (("traded", _TRADED), ("reported", _REPORTED)) for m in p.finditer(lead)]
    nouns = [(m.end(), r) for r, p in (("traded", _TRADE), ("reported", _REPORT)) for m in p.finditer(lead)]
    if not verbs and not nouns:
        tail = page.tail(index, 32)
        verbs = [(-m.end(), r) for r, p in (("traded", _TRADED), ("reported", _REPORTED)) for m in p.finditer(tail)]
    return max(verbs or nouns, default=(0, None))[1]


_KINDS = {"transaction.date": "traded", "report.date": "reported"}


def order(page: Page) -> Iterator[Relation]:
    """A report is not older than the trade that it tells of: two days in one breath, one of each."""
    days = [i for i, claim in enumerate(page.claims) if _begins(claim.found) is not None and not _heads(page, i)]
    for at, (one, two) in enumerate(pairwise(days)):
        if page.found(two).sentence - page.found(one).sentence > 1 or _ITEM.search(page.gap(one, two)):
            continue
        if "\n" in page.gap(one, two) and _CONTRAST.search(page.lead(two)):
            continue  # of two companies
        parts = _role(page, one), _role(page, two)
        if any(parts):  # the words tell one of them; a kind alone is too often mistaken
            parts = parts[0] or _KINDS.get(page.kind(one)), parts[1] or _KINDS.get(page.kind(two))
        roles = dict(zip(parts, (one, two), strict=True))
        if set(roles) != {"traded", "reported"}:
            continue
        trade, report = roles["traded"], roles["reported"]
        beyond = days[at + 2 : at + 3] if report == two else days[max(at - 1, 0) : at]
        other = any(_is_of(page, report, i) for i in beyond) and not page.together(trade, report)
        if _late(page, trade, report) and not other and not _apart(page, trade, report):
            yield _disordered(page, trade, report)


_ITEM = re.compile(r"\n\s*(?:[（(][一二三四五六七八九十0-9]{1,2}[)）]|[①-⑳•●■*]|[0-9]{1,2}[.、)）](?![0-9]))")
"""Between two days: they are of two items of a list."""
_CONTRAST = re.compile(
    r"[则則](?:[也亦])?[在于於]?$|^[^,，。;；0-9]{2,12}(?:方面|这边)|\b(?:At|In the case of|As for|Over at) [A-Z]|\bmeanwhile\b|\bfor its part\b"
)
"""In front of a day that opens a paragraph: this one is of another company."""
_CLOCK = re.compile(r"\s*(?:[0-2]?[0-9][:：][0-5][0-9]|[|｜]?\s*来源|[|｜]?\s*來源)")
_BYLINE = re.compile(r" ?(?:[电電](?![子力视視机機])|[讯訊](?![飞飛息号號]))")
"""Behind the day of an agency's report: 10月24日電."""


def _heads(page: Page, index: int) -> bool:
    """Whether a day is that of the article itself, as its head has it: alone in its line, or 2016-06-21 16:04 来源."""
    start, end = page.found(index).start, page.found(index).end
    line = page.text[page.text.rfind("\n", 0, start) + 1 : start] + page.text[end:].partition("\n")[0]
    if not line.strip() or _BYLINE.match(page.tail(index)):
        return True
    return page.on is not None and page.found(index).day == page.on and _CLOCK.match(page.tail(index)) is not None


def _is_of(page: Page, report: int, trade: int) -> bool:
    """Whether a report stands in one sentence with the day of a trade that may well be the one it tells of."""
    begins, told = _begins(page.found(trade)), page.found(report).day
    traded = (_role(page, trade) or _KINDS.get(page.kind(trade))) == "traded"
    return traded and page.together(trade, report) and begins is not None and told is not None and begins <= told


def _disordered(page: Page, trade: int, report: int) -> Relation:
    """A trade and its report: the trade is misdated where it is later than the article too, else the report is."""
    begins, told = _begins(page.found(trade)), page.found(report).day
    past = page.on is not None and begins is not None and begins <= page.on
    return Relation(
        target=report if past else trade,
        inputs=(trade,) if past else (report,),
        fit=Fit.OFF,
        recomputed=f"not before {begins}" if past else f"not after {told}",
        working=f"{begins} > {told}",
        reason=f"The trade of {page.found(trade).text} would be later than its report of {page.found(report).text}.",
    )


def _begins(found: Found) -> date | None:
    """A day, or the first one of a stretch from day to day."""
    return found.since if found.unit == "period" and "/" in (found.period or "") else found.day


def _late(page: Page, trade: int, report: int) -> bool:
    """Whether a trade is later than its report, both of years beyond doubt."""
    found, told = page.found(trade), page.found(report)
    begins = _begins(found)
    if begins is None or told.day is None or not (settled(page, found) and settled(page, told)):
        return False
    return timedelta(0) < begins - told.day < _APART


def _of_earlier(page: Page, trade: int, report: int) -> bool:
    """Whether a report, in a sentence behind the trade's, is that of what was held before: "It had 5.3% after a filing of 3 May"."""
    if report < trade or page.together(trade, report) or page.is_traded(report - 1):
        return False
    lead = _SENTENCE.split(page.text[max(page.found(report).start - 160, 0) : page.found(report).start])[-1]
    held = any(page.is_stake(i) or page.found(i).unit == "shares" for i in page.near(report, lambda i: i < report, 0))
    return held and _HAD.search(lead) is not None


_HAD = re.compile(r"\b(?:had|used to|previous(?:ly)?|earlier|formerly)\b|此前|之前|原先|原持|早前|曾")
"""In front of the day of a report: it is of what was so before."""


def _apart(page: Page, trade: int, report: int) -> bool:
    """Whether words speak of an intention, of another trade, or let a report in front be of something else."""
    first, last = min(trade, report), max(trade, report)
    start, end = page.found(first).start, page.found(last).end
    around = page.lead(first, 80) + page.text[start:end] + page.tail(last, 24)
    intended = _INTENDED.search(around) or _OF_RESULTS.search(_clause(page, report))
    if intended or page.claims[trade].measure == "planned":
        return True
    of_holding = any(page.is_stake(i) for i in range(report + 1, trade)) or _of_earlier(page, trade, report)
    if of_holding or (trade < report and not page.together(trade, report) and _SAYS.match(page.tail(report))):
        return True  # a report of that holding, or something that was said in a sentence of its own
    counts = [{page.found(n).value for n in page.near(i, page.is_traded, 0)} for i in (first, last)]
    if not page.together(first, last) and all(counts) and not counts[0] & counts[1]:
        return True  # each is told with a trade of its own
    if report < trade and not page.together(report, trade):
        told = _SENTENCE.split(page.text[max(start - 160, 0) : start])[-1] + _SENTENCE.split(page.text[start:end])[0]
        if not _OF_HOLDER.search(told):
            return True
    if _STANDS.search(page.lead(trade)):
        return False
    source = _SOURCE.search(page.lead(first, 80) + page.tail(first, 40)) or _OF_TRADE.search(page.lead(last))
    return report < trade and source is None and _DONE.match(page.tail(trade, 8)) is None


def _clause(page: Page, index: int) -> str:
    """What a sentence goes on with behind a day, other figures among it."""
    end = page.found(index).end
    return _SENTENCE.split(page.text[end : end + 80])[0]


_IN_MONTH = re.compile(
    rf"\b[Ii]n (?P<name>{MONTH}) (?P<year>20[0-9]{{2}}),? [^.;0-9]{{0,48}}\b(?:announced|said|reported|disclosed) that as (?:of|at) $"
    r"|(?P<han>20[0-9]{2})年(?P<month>[0-9]{1,2})月份?[^0-9。；;]{0,12}(?:公[告布佈]|披露|[发發][布佈])[称稱]?[,，]?截[至止]$"
)
"""In front of a day by which something was so: the month in which it was announced."""


def foreseen(page: Page) -> Iterator[Relation]:
    """What was announced in a month was not so by a day of a later one: 2024年3月公告,截至2024年4月9日累计回购."""
    for index, claim in enumerate(page.claims):
        day, told = claim.found.day, _IN_MONTH.search(page.lead(index, 90)) if claim.found.day is not None else None
        if day is None or told is None or not settled(page, claim.found) or not _HELD.match(page.tail(index)):
            continue
        month = int(told["month"]) if told["month"] else MONTHS[told["name"][:3].lower()]
        year = int(told["year"] or told["han"])
        if 0 < (day.year - year) * 12 + day.month - month <= _MONTHS:
            yield Relation(
                target=index,
                inputs=(),
                fit=Fit.OFF,
                recomputed=f"not after {year}-{month:02}",
                working=f"{day} > {year}-{month:02}",
                reason=f"What was so by {claim.found.text} cannot have been announced in {year}-{month:02}.",
            )


_MONTHS = 6
"""Months between an announcement and a day beyond which the two are of different matters."""
_AHEAD = re.compile(
    r"\b(?:to be|to (?:sell|buy|file|report)|due|schedul\w+|slated|shall|can|could|might|should|if|subject|unless|until|till|before|after|from|lock\w*|expire\w*|deadline|"
    r"offer|vote|meeting|payable|settle\w*|close[sd]?|complet(?:ion|e)|effective|likely|set to|next|agreed|deal|tender\w*)\b|若|如|倘|[后後前]|可|須|须|需|有望|完成日|截止|起",
    re.IGNORECASE,
)
"""Around a day that is still to come."""
_ON = re.compile(r"(?:^|\b(?:on|dated) )(?:[A-Z][a-z]+day,? )?(?:the )?$", re.IGNORECASE)
_DONE_HAN, _DONE_ON = re.compile(r"[已了]"), re.compile(r"已[经經]?[于於在]$")
_A_DAY = timedelta(days=1)
"""Between the days of two places on the globe."""
_SOON = timedelta(days=20)
"""A day without year that is further ahead is perhaps of the year before."""


def ahead(page: Page) -> Iterator[Relation]:
    """What is told as done, or reported, is not of a day later than the article itself."""
    for index, claim in enumerate(page.claims if page.dated else ()):
        found, day = claim.found, claim.found.day
        stretch = found.unit == "period" and "/" in (found.period or "")
        if stretch:
            day = found.until
        if day is None or page.on is None or not _A_DAY < day - page.on < (_MONTHS_AHEAD if stretch else _SOON):
            continue
        if not (_done_by(page, index) if stretch else _done(page, index)):
            continue
        yield Relation(
            target=index,
            inputs=(),
            fit=Fit.OFF,
            recomputed=f"not after {page.on.isoformat()}",
            working=f"{day} > {page.on}",
            reason=f"What is told as done on {found.text} would be later than the article of {page.on}.",
        )


_MONTHS_AHEAD = timedelta(days=60)
_BY_THEN = re.compile(
    r"(?:[期止][间間]?)?[内內]?[,，]?[^0-9,，。;；]{0,8}(?:已(?!公)|累[计計]|共[计計]?|合[计計])|,? (?:it|he|she|they|the company) (?:has |have |had )?(?:sold|bought|acquired|disposed|purchased)\b"
)
"""Behind a stretch of days: what is told was done by its end."""


def _done_by(page: Page, index: int) -> bool:
    """Whether what is told of a stretch of days was done by its end."""
    words = page.lead(index) + page.tail(index)
    return _BY_THEN.match(page.tail(index)) is not None and not _INTENDED.search(words) and not _AHEAD_HAN.search(words)


_AHEAD_HAN = re.compile(r"[若如倘可須须需]|有望|完成日|[后後][续續]")


def _done(page: Page, index: int) -> bool:
    """Whether the words around a day tell a trade or a report as past."""
    if page.found(index).lang == "zh":
        if _DONE_ON.search(page.lead(index)):
            return True
        around = page.lead(index) + page.text[page.found(index).end : page.found(index).end + 24]
        done = _DONE_HAN.search(around) is not None and _role(page, index) is not None
    else:
        around = page.around(index, 90, 60)
        done = _ON.search(page.lead(index)) is not None and _role(page, index) is not None
    return done and not _INTENDED.search(around) and not _AHEAD.search(around)
