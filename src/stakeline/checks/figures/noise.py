"""Digits that are no claim: codes, ranks, times of day, ages and spans of time, sections of law, names of products.

Each test looks at a few characters on either side of a number.
"""

import re

_WEB = re.compile(r"(?:https?://|www\.)[^\s]+")
_LEFT = re.compile(
    r"(?:(?<![A-Za-z])(?:No|Nos|no|Nr|Rule|Form|Schedule|Section|Sections|section|Article|Chapter|Part|Cap|Item|Note|Table|Figure|Exhibit|Appendix"
    r"|Page|page|pp|p|Channel|Route|Flight|Room|Floor|Level|Phase|Series|Version|Regulation|Basel|Tel|Fax|Top|top|Top-|top-|Unit"
    r"|Fortune|Russell|Nikkei|Topix|FTSE|CSI|KOSPI|Kospi|Stoxx|STOXX|ASX|Nifty|Nasdaq|S&P|S&P BSE|Dow|DAX|CAC|MSCI|BSE|TSX|IBEX|Star|STAR)"
    r"|[第#№]|(?:代[号號碼码]|编号|編號|股票|沪深|滬深|上证|上證|中证|中證|科创|科創|标普|標普|电话|電話|第)[为為:]?)[. :]{0,2}$"
)
"""Words whose number is a name or a rank."""
_NO_RANK = re.compile("%| per ?cent| ?[萬万千億亿]?(?:[張张]|股(?![票价價]))")
_CODE_AFTER = re.compile(
    r"\.(?:HK|SH|SZ|SS|BJ|TWO?|KS|KQ|SI|AX|NS|BO|US|UK|LN|CH|CN|JP|TT|IN|N|O|L|T|F|PA|DE)(?![A-Za-z0-9$])"
    r"|(?:HK|SH|SZ|SS)(?![A-Za-z0-9$])| (?:HK|CH|US|LN|JP|TT|KS|SP|AU|IN)(?: Equity|\))"
)
_CODE_BEFORE = re.compile(
    r"(?:HK|SH|SZ|SEHK|HKEX|HKG|SHA|SHE|NYSE|NASDAQ|SGX|KRX|TYO|TSE|XHKG|SSE|SZSE|港股|代[号號碼码])[ :.]{1,2}$"
)
_RANGE_BEFORE = re.compile(r"[0-9] ?(?:bn|mn|m|b|million|billion|trillion|crore|lakh|p|x|yuan|won|yen|percent|pct)-$")
_LETTER_BEFORE = re.compile(r"[A-Za-z](?:(?<!-to)-|['/])?$|[0-9][:/]$|[A-Za-z0-9]_$")
_LETTER_AFTER = re.compile(r"[A-Za-z_]|['’][a-zA-Z](?!s)")
_TIME = re.compile(
    r":[0-9]{2}|(?: ?(?:[ap]\.m|[AP]\.M|am|pm|AM|PM|GMT|EST|EDT|HKT|BST))(?![A-Za-z])| ?o'clock|[时時点點](?![0-9])(?:正|半|許|许|\s)"
)
_TIME_BEFORE = re.compile(r"[0-9]:$|[上下]午$")
_SPAN = re.compile(
    r"[ -]?(?:straight |consecutive |more |full |whole |trading |business |calendar |working |successive |fiscal |financial )?"
    r"(?i:years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|quarters?|sessions?|decades?|nights?|year-old|-?yr)(?![A-Za-z])"
    r"| ?(?:个|個)?(?:年|月|日(?![元圓圆])|天|周|週|小时|小時|分钟|分鐘|秒|交易日|工作日|季度|季|星期|岁|歲|月份|号|號|个月|個月)(?!股|票)"
)
_AGE_BEFORE = re.compile(r"(?:aged|age) ?$|, $")
_AGE_AFTER = re.compile(r", (?:who|a|an|the|said|has|was|is|had|chief|founder)\b")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])|[大强強位名](?!股本)")
_RATIO = re.compile(r"-for-|:[0-9]| ?比 ?[0-9]|-and-|-on-|/[0-9]|'s?[a-z]")
_RATIO_BEFORE = re.compile(r"(?:[0-9]|one|two|three|four|five)(?:-for-|:|/)$")
_PHONE_BEFORE = re.compile(r"\+[0-9]{1,4}[ -](?:[0-9]{1,4}[ -]){0,3}$")
_PHONE_START = re.compile(r"[ -][0-9]{2,}")
_EACH = re.compile(r"每$")
_TENTHS_BEFORE = re.compile(r"[角毫]$")
_PHONE_HALF = re.compile(r"(?<![0-9,.])[0-9]{4}[ -]$")
_PHONE_AFTER = re.compile(r"[ -][0-9]{4}(?![0-9,.])")
_NAME_BEFORE = re.compile(r"(?<![A-Za-z.])([A-Z][A-Za-z]{1,14}) $")
_SPEAKING = frozenset(
    (  # noqa: SIM905
        "The A An It In On At By To Of For From And But Or With About Over Under Nearly Almost Around Some Roughly "
        "Only Just Up Down Below Above More Most Less Than Between After Before Its Their His Her They He She This "
        "That These Those Sold Bought All Another Each Approximately Bhd Ltd Inc Corp Plc Group Holdings Mr Ms As If "
        "When While Then Also Still Is Was Has Had Had Sells Buys Sell Buy Adds Cuts Raises Into Funds Fund Held Holds "
        "Another Net Total Shares Stock Revenue Profit Loss Sales Some January February March April May June July "
        "August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    ).split()
)
"""Capitalised words behind which a bare number is no part of a name ("Model 3", "Boeing 737")."""


def webs(text: str) -> list[tuple[int, int]]:
    """Where addresses of the web stand."""
    return [m.span() for m in _WEB.finditer(text)]


def _line_before(text: str, start: int, width: int) -> str:
    """The characters in front of an offset, of its own line."""
    return text[max(start - width, 0) : start].rpartition("\n")[2]


def is_name(text: str, start: int, end: int) -> bool:
    """Whether the digits at start:end belong to a code, a rank, a time of day or a word, whatever unit seems to follow."""
    left, right = _line_before(text, start, 16), text[end : end + 24]
    digits = text[start:end]
    return any(
        (
            _LETTER_BEFORE.search(left) and not _RANGE_BEFORE.search(left),
            _TIME_BEFORE.search(left),
            _LEFT.search(left) and not _NO_RANK.match(right),
            _CODE_BEFORE.search(left),
            _CODE_AFTER.match(right),
            _TIME.match(right),
            _ORDINAL.match(right),
            len(digits) > 1 and digits[0] == "0" and digits[1] != ".",
            _RATIO_BEFORE.search(left),
            _RATIO.match(right),
            _EACH.search(left) and digits in {"1", "10", "100", "1000"},
            _TENTHS_BEFORE.search(left),  # 1角2仙 is one figure, which we do not read
            _PHONE_BEFORE.search(left),
            left.endswith("+") and _PHONE_START.match(right),
        )
    )


def is_bare_name(text: str, start: int, end: int) -> bool:
    """Whether digits without any unit are a code in brackets, part of a name or of a telephone number."""
    left, right = _line_before(text, start, 18), text[end : end + 12]
    digits = text[start:end]
    if left.endswith(("(", "[", "<")) and right.startswith((")", "]", ">")) and digits.isdigit():
        return True
    if _LETTER_AFTER.match(right):
        return True
    if len(digits) == 4 and digits.isdigit() and (_PHONE_HALF.search(left) or _PHONE_AFTER.match(right)):
        return True
    named = _NAME_BEFORE.search(left)
    return named is not None and named[1] not in _SPEAKING and digits.isdigit()


def is_span(text: str, start: int, end: int) -> bool:
    """Whether digits count days, years or an age."""
    if _SPAN.match(text, end):
        return True
    left = _line_before(text, start, 6)
    return bool(
        _AGE_BEFORE.search(left) and text[start:end].isdigit() and end - start == 2 and _AGE_AFTER.match(text, end)
    )
