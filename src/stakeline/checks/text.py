"""An article as text: its characters made plain, its sentences, its language and script.

Nothing here changes what an offset means. `Plain` is a text to search in; `Plain.origin` leads back to the article.
Every pattern is one class repeated, or of bounded length, so that no text takes more than linear time.
"""

import re
from array import array
from bisect import bisect_right
from functools import cached_property

from stakeline.model.claims import Language, Script

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
"""Soft hyphens, joiners, marks of direction: they are not part of a figure, wherever somebody put them."""
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
_FULL_WIDTH = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_BLANKS = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_LINES = "\r\u000b\u000c\u0085\u2028\u2029"
_DASHES = "\u2010\u2011\u2012\u2013\u2212\uff0d\ufe63"
_ALIKE = str.maketrans(
    _FULL_WIDTH + _BLANKS + _LINES + _DASHES + "\uff5e\u301c\u223c\u2018\u2019\u02bc％﹪＄﹩￥￡．﹒﹐：（）＝",
    "".join(chr(ord(c) - 0xFEE0) for c in _FULL_WIDTH)
    + " " * len(_BLANKS)
    + "\n" * len(_LINES)
    + "-" * len(_DASHES)
    + "~~~'''%%$$¥£..,:()=",
)
"""Characters that mean another one, one for one. The full-width comma stays: it ends a clause, save in a row of groups of three digits."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z]+")
_HANT = (
    "億萬國業與這為發時個來對們會從將關東資總經營虧損單據實應電證產價買賣開間減點動變說過還兩長報稱遠達約購寬頻佔團訊務財質權當處條現領設議認讓轉軟輕運選適銷錄錢鐵銀鋼鏈門閱陸陽隊際險難預順須頭題額願風飛館"
    "馬驗體齊龍顯類環聯職腦華葉藥衛裝製規視計訂試話該詳調識護負責貨貿費貼賬車輛農遞醫釋階隨雙雜離頂項顧驅張馮劉陳楊趙許鄭蘇創騰縮繼續僅優傳債傷儲兌內決劃勵勢匯區協參員啟問喪圓場塊壓夠夢獲獎奪婦學寧審導島帶"
    "師幣幫庫廣廠彈強徑憂戰擔擁擴擬擊揚換攜敗敵數斷暫暢曆書極構標樓樣樂機檢歐歲歷殺氣漲測準溫滿潛澤濟灣無爭牽狀獨瑪畫異療監盤眾確碼礎禮種穩競筆築節簡籌紀級紐純納紙細終組結給統絡維網緊線編緩縣縱績織羅義習聞"
    "聲肅脫臨舉舊艙艦芻莊蓋蘭虛號術補見親觀觸訪評詞誤請論諸譜譽豐貝貧貪貫貶賀賓賜賞賦贊贖趕跡躍軌載輔輪輸轄辦邊遙遲郵鄰釣鈔鈞錦鍋鑒閒閣陣陰隱韓響飲駐騎驟鮮鳥麗黨"
)
_HANS = (
    "亿万国业与这为发时个来对们会从将关东资总经营亏损单据实应电证产价买卖开间减点动变说过还两长报称远达约购宽频占团讯务财质权当处条现领设议认让转软轻运选适销录钱铁银钢链门阅陆阳队际险难预顺须头题额愿风飞馆"
    "马验体齐龙显类环联职脑华叶药卫装制规视计订试话该详调识护负责货贸费贴账车辆农递医释阶随双杂离顶项顾驱张冯刘陈杨赵许郑苏创腾缩继续仅优传债伤储兑内决划励势汇区协参员启问丧圆场块压够梦获奖夺妇学宁审导岛带"
    "师币帮库广厂弹强径忧战担拥扩拟击扬换携败敌数断暂畅历书极构标楼样乐机检欧岁历杀气涨测准温满潜泽济湾无争牵状独玛画异疗监盘众确码础礼种稳竞笔筑节简筹纪级纽纯纳纸细终组结给统络维网紧线编缓县纵绩织罗义习闻"
    "声肃脱临举旧舱舰刍庄盖兰虚号术补见亲观触访评词误请论诸谱誉丰贝贫贪贯贬贺宾赐赏赋赞赎赶迹跃轨载辅轮输辖办边遥迟邮邻钓钞钧锦锅鉴闲阁阵阴隐韩响饮驻骑骤鲜鸟丽党"
)
"""Frequent characters that only one of the scripts has, pair by pair."""
_TO_HANS = str.maketrans(_HANT, _HANS)
_SIGNS = (frozenset(_HANT), frozenset(_HANS))

_STOP = re.compile(r"""[.!?]+["'”’)\]]*|[。！？]+["'”’」』)\]]*|\n+""")
_BEFORE_STOP = re.compile(r"[A-Za-z.]{1,12}$")
_ABBREVIATIONS = frozenset(
    (  # noqa: SIM905
        "mr mrs ms dr prof sen rep gov gen st jr sr co corp inc ltd plc bros dept est no nos vol fig vs v approx cap "
        "rs art jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k e.g i.e a.m p.m p pp cf al etc"
    ).split()
)
_CAN_END = frozenset(["inc", "corp", "ltd", "co", "plc", "a.m", "p.m", "etc"])
"""Abbreviations that also stand at the end of sentences; the next word then decides."""


_GROUPED = re.compile(
    r"(?<![0-9，.])[0-9]{1,3}(?:(?:，[0-9]{3}){2,4}(?![0-9，])(?!\.[0-9]{3}|\.[0-9]{1,2}，)|，[0-9]{3}(?=\.[0-9]{1,2}(?![0-9，])))"
)
"""Groups of three behind full-width commas, where two of them or decimals leave no doubt: 11，078，964.39元; no columns run together."""
_WRAPPED = re.compile(r"(?<=[^\s.!?:;。！？])\n {4,60}(?=[^\s|│*-])")
"""A line broken within a sentence and indented, as printed text is: the sentence goes on."""


_BROKEN = re.compile(
    r"(?<=[0-9])\n(?=[萬万億亿千百股元%]|[港美]元|(?:million|billion|trillion|crore|lakh|per ?cent|shares|yuan|won|yen|euros|pence)(?![A-Za-z]))"
)
"""A line broken between a number and its unit."""
_NARROWEST, _WIDEST = 40, 120
"""Columns of a text that was broken to a width."""
_MOST = 0.8
"""Of its lines so many are full; a word of another script, which may break anywhere, ends some earlier."""
_BLANK_LINES = re.compile(r"(\n{2,})")
_ROW_END = re.compile(r"[0-9%|)]$")
_ENDED = re.compile(r"[.!?:;。！？：；][\"'”’」』)）]*$")
_FIRST_WORD = re.compile("[\u3400-\u9fff]|[^\\s\u3400-\u9fff]{1,40}")
_WIDE = re.compile("[\u2e80-\uffef]")


def _one_blank(broken: re.Match[str]) -> str:
    return " " + "\u200b" * (len(broken[0]) - 1)


def _columns(text: str) -> int:
    """How wide it is in type of one width, in which a Han character and its stops take two columns."""
    return len(text) + len(_WIDE.findall(text))


def _joined(block: str) -> str:
    """Lines broken to one width, put together: at each break the next word would not have fitted. Rows of a table stay."""
    lines = block.split("\n")
    if len(lines) < 3 or max(map(len, lines)) > _WIDEST:
        return block
    widths = [_columns(line) for line in lines]
    width = max(widths)
    open_ends = [line for line in lines[:-1] if not _ENDED.search(line)]
    rows = sum(_ROW_END.search(line) is not None for line in open_ends)
    if not _NARROWEST <= width <= _WIDEST or len(open_ends) < 2 or 2 * rows > len(open_ends):
        return block
    full = [
        took + 1 + _columns((_FIRST_WORD.findall(after) or [""])[0]) > width and not _ENDED.search(line)
        for took, line, after in zip(widths, lines, lines[1:], strict=False)
    ]
    if sum(full) < _MOST * len(open_ends):
        return block
    return "".join(line + (" " if joins else "\n") for line, joins in zip(lines, [*full, False], strict=True))[:-1]


class Plain:
    """A text with its characters made plain; text: what to search in."""

    def __init__(self, text: str) -> None:
        plain = _GROUPED.sub(lambda m: m[0].replace("，", ","), text.translate(_ALIKE))
        whole = "".join(map(_joined, _BLANK_LINES.split(_WRAPPED.sub(_one_blank, plain))))
        self.text = _BROKEN.sub(" ", whole)
        self._kept: array[int] | None = None
        if _HIDDEN.search(self.text):
            self._kept = array("l", (i for i, c in enumerate(self.text) if c not in _INVISIBLE))
            self.text = _HIDDEN.sub("", self.text)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a non-empty stretch of the plain text lies in the original."""
        return (start, end) if self._kept is None else (self._kept[start], self._kept[end - 1] + 1)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each sentence, of the plain text."""
        return sentences(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that an offset lies in."""
        return max(bisect_right(self._starts, offset) - 1, 0)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence. A line is never part of two; a full stop after an abbreviation ends none."""
    found = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop[0][0] in ".!?" and not _ends(text, stop.start(), stop.end()):
            continue
        end = stop.start() if stop[0][0] == "\n" else stop.end()
        found.append((start, end))
        start = stop.end()
    found.append((start, len(text)))
    return tuple(trimmed for span in found if (trimmed := _trim(text, *span)) is not None)


def _ends(text: str, start: int, end: int) -> bool:
    """Whether a stop of Latin script ends a sentence."""
    following = text[end : end + 3].lstrip(" ")
    if not following or following[0] == "\n":
        return True
    if text[end] != " " and not _HAN.match(text[end]):
        return False
    if text[start] != ".":
        return True
    return not following[0].islower() and not _abbreviated(text, start, following)


def _abbreviated(text: str, start: int, following: str) -> bool:
    """Whether a full stop only marks an abbreviation or an initial."""
    before = _BEFORE_STOP.search(text, max(start - 12, 0), start)
    if before is None:
        return False
    if text[before.start() - 1 : before.start()].isdigit():
        return False  # 369p. The stock
    word = before[0].lower().lstrip(".")
    if word in _ABBREVIATIONS:
        return word not in _CAN_END or not following[0].isupper()
    return len(word) == 1 and before[0].isupper()


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch without the blanks around it, or None where nothing else is there."""
    inner = text[start:end]
    stripped = inner.strip()
    if not stripped:
        return None
    start += len(inner) - len(inner.lstrip())
    return start, start + len(stripped)


def has_han(text: str) -> bool:
    """Whether any Chinese character stands in a text."""
    return _HAN.search(text) is not None


def language(text: str) -> Language:
    """Chinese where Han characters outnumber Latin words, English otherwise."""
    return "zh" if len(_HAN.findall(text)) > len(_LATIN_WORD.findall(text)) else "en"


def script(text: str) -> Script | None:
    """Simplified or traditional by the characters that only one of them has; None where there are none of these."""
    if not has_han(text):
        return None
    hant, hans = (sum(map(signs.__contains__, text)) for signs in _SIGNS)
    if hant == hans:
        return None
    return "Hant" if hant > hans else "Hans"


def simplified(text: str) -> str:
    """A text with the frequent traditional characters put into simplified ones."""
    return text.translate(_TO_HANS)


_GIVEN = re.compile(
    r"(?<![A-Za-z])(?!(?:In|Since|By|Of|Last|This|Until|From|To|And|During|Between|Late|Early|Mid|On|The|For|Next|Through|Ended|Ending) )"
    r"[A-Z][a-z]{1,9} (?:Jan|Jun|Mar|Jul|Dec)(?='s|,| \(| (?!quarter|half|month|year|sales|results|revenue|data|figures)[a-z])"
    r"|(?:(?<![A-Za-z])(?<![a-z] )|(?<=M[rs] )|(?<=Dr ))(?:Jan|Jun)(?= [A-Z][a-z])"
)
"""Words like the short form of a month that are a person's: "Lei Jun holds", "Jan Koum sold". Written of a day they stand by a number."""


def given_names(text: str) -> list[tuple[int, int]]:
    """Where words that could be months belong to people's names: the spans of these words."""
    return [(max(m.start(), m.end() - 3), m.end()) for m in _GIVEN.finditer(text)]
