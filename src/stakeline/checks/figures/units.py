"""What stands before and behind numbers: currencies, magnitudes, percent, shares, in English and Chinese.

The tables say what each word means; the patterns made of them match at one place and are of bounded length.
"""

import re
from decimal import Decimal

LOCAL_DOLLAR = "$"
LOCAL_YUAN = "元"
LOCAL_YEN = "¥"
LOCAL_CENT = "cent"
LOCAL_RUPEE = "Rs"
LOCAL_PESO = "peso"
LOCAL_KRONE = "krone"
LOCAL_SEN = "仙"
LOCAL_BARE = "億"
"""Money without any word for it: 套1.38億."""
LOCAL = frozenset(
    (
        LOCAL_DOLLAR,
        LOCAL_YUAN,
        LOCAL_YEN,
        LOCAL_CENT,
        LOCAL_RUPEE,
        LOCAL_PESO,
        LOCAL_KRONE,
        LOCAL_SEN,
        LOCAL_BARE,
    )
)
"""Currencies that only the article as a whole settles; see `currency`."""

_ISO = (  # noqa: SIM905
    "HKD USD CNY CNH RMB SGD EUR GBP JPY KRW TWD AUD CAD CHF NZD THB MYR IDR PHP VND INR BRL MXN ZAR SEK NOK DKK "
    "PLN TRY AED SAR ILS RUB PKR LKR BDT MOP"
).split()
_SAME = {"RMB": "CNY", "CNH": "CNY", "GBP": "GBP", "NTD": "TWD"}
BEFORE = {
    "HK$": "HKD", "HK $": "HKD", "US$": "USD", "US $": "USD", "U.S.$": "USD", "U.S. $": "USD", "AU$": "AUD", "A$": "AUD", "$US": "USD", "$A": "AUD", "$NZ": "NZD", "$HK": "HKD",
    "CA$": "CAD", "C$": "CAD", "Cdn$": "CAD", "SG$": "SGD", "Sg$": "SGD", "S$": "SGD", "NT$": "TWD", "T$": "TWD", "TW$": "TWD", "NZ$": "NZD",
    "R$": "BRL", "MX$": "MXN", "MOP$": "MOP", "$": LOCAL_DOLLAR, "£": "GBP", "€": "EUR", "¥": LOCAL_YEN, "₹": "INR", "₩": "KRW",
    "₱": "PHP", "฿": "THB", "Bt": "THB", "₽": "RUB", "₺": "TRY", "₪": "ILS", "RM": "MYR", "Rmb": "CNY", "Rs.": LOCAL_RUPEE, "Rs": LOCAL_RUPEE, "Re": LOCAL_RUPEE,
    "Rp": "IDR", "SFr": "CHF", "DKr": "DKK", "SKr": "SEK", "NKr": "NOK", "SFr.": "CHF", "NTD": "TWD", "Yen": "JPY",
    **{code: _SAME.get(code, code) for code in _ISO},
    "港币": "HKD", "港幣": "HKD", "港元": "HKD", "港紙": "HKD", "人民币": "CNY", "人民幣": "CNY", "美元": "USD", "美金": "USD",
    "新台币": "TWD", "新台幣": "TWD", "新臺幣": "TWD", "台币": "TWD", "台幣": "TWD", "欧元": "EUR", "歐元": "EUR", "英镑": "GBP",
    "英鎊": "GBP", "日元": "JPY", "日圓": "JPY", "日圆": "JPY", "新元": "SGD", "坡元": "SGD", "澳元": "AUD", "澳幣": "AUD", "加元": "CAD",
    "韩元": "KRW", "韓元": "KRW", "韓圜": "KRW", "韩圜": "KRW",
}  # fmt: skip
"""A currency in front of its number."""

_WORDED = {
    r"(?:US|U\.S\.|American) dollars?": "USD", r"(?:HK|Hong Kong) dollars?": "HKD", r"(?:Singapore|Singaporean) dollars?": "SGD",
    r"(?:Australian|Aussie) dollars?": "AUD", r"Canadian dollars?": "CAD", r"(?:New )?Taiwan(?:ese)? dollars?": "TWD",
    r"New Zealand dollars?": "NZD", r"dollars?": LOCAL_DOLLAR, r"(?:Chinese )?yuan(?: renminbi)?": "CNY", r"renminbi": "CNY",
    r"(?:South Korean )?won(?!')": "KRW", r"(?:Japanese )?yen": "JPY", r"euros?": "EUR", r"pounds? sterling": "GBP", r"(?:British )?pounds": "GBP", r"(?:(?<=llion[- ])|^)pound": "GBP",
    r"pence": "GBX", r"(?:Thai )?baht": "THB", r"(?:Malaysian )?ringgit": "MYR", r"(?:Indian )rupees?": "INR", r"Pakistani rupees?": "PKR",
    r"Sri Lankan rupees?": "LKR", r"rupees?": LOCAL_RUPEE, r"(?:Indonesian )?rupiah": "IDR", r"Philippine pesos?": "PHP",
    r"Mexican pesos?": "MXN", r"pesos?": LOCAL_PESO, r"(?:Swiss )?francs?": "CHF", r"(?:Russian )?rou?bles?": "RUB", r"reais": "BRL",
    r"(?:UAE )?dirhams?": "AED", r"(?:Saudi )?riyals?": "SAR", r"(?:Turkish )lira": "TRY", r"shekels?": "ILS", r"dong": "VND", r"rand": "ZAR",
    r"Swedish (?:kronor|crowns)": "SEK", r"Danish (?:kroner|crowns)": "DKK", r"Norwegian (?:kroner|crowns)": "NOK",
    r"(?:kronor|kroner|crowns)": LOCAL_KRONE,
}  # fmt: skip
_HAN_AFTER = {
    **{name: code for name, code in BEFORE.items() if name[0] > "\u2fff"},
    "元人民币": "CNY", "元人民幣": "CNY", "元港币": "HKD", "元港幣": "HKD", "元新台幣": "TWD", "港圓": "HKD", "台元": "TWD", "新加坡元": "SGD", "新幣": "SGD",
    "新币": "SGD", "瑞郎": "CHF", "瑞士法郎": "CHF", "卢比": LOCAL_RUPEE, "盧比": LOCAL_RUPEE, "泰铢": "THB", "泰銖": "THB", "林吉特": "MYR", "令吉": "MYR",
    "便士": "GBX", "加幣": "CAD", "纽元": "NZD", "紐元": "NZD", "卢布": "RUB", "盧布": "RUB", "元": LOCAL_YUAN, "圓": LOCAL_YUAN,
}  # fmt: skip
_CENTS = {
    r"Singapore cents?": "SGD",
    r"Australian cents?": "AUD",
    r"(?:HK|Hong Kong) cents?": "HKD",
    r"(?:US|U\.S\.) cents?": "USD",
    r"cents?": LOCAL_CENT,
    r"c": LOCAL_CENT,
    r"港仙": "HKD",
    r"仙": LOCAL_SEN,
    r"美仙": "USD",
    r"paise": "INR",
    r"sen(?! ?[A-Z])": "MYR",
    r"fen": "CNY",
    r"¢": LOCAL_CENT,
}
CENT_MARKS = {"HK": "HKD", "US": "USD", "A": "AUD", "NZ": "NZD", "S": "SGD"}
"""The country in front of its cents: HK12.5 cents."""
CENT_MARK = re.compile(r"(?<![A-Za-z])(?:(?:HK|US) ?|NZ|A|S)$")
CENT_SIGN = re.compile(r"(?:(?<![A-Za-z])(?:HK|US|NZ|A|S) ?)?¢ ?$")
CENT_BEHIND = re.compile(r"(?: ?-?cents?|¢)(?![A-Za-z])")
LETTER_BEFORE = re.compile(r"(?<![A-Za-z0-9$-])[YW]$")
LETTER_SIGNS = {"Y": "JPY", "W": "KRW", "P": "PHP", "R": "ZAR"}
"""Yen and won as agencies print them, right in front of large numbers: Y2,781, W2.6 trillion."""
HOME_LETTER = re.compile(r"(?<![A-Za-z0-9$-])[PR]$")
"""The Philippine peso and the rand as the papers of their countries print them: P898, R86.50."""
HOMES = {
    "P": re.compile(r"Philippine|Manila|\bPSE\b|\bpesos?\b|\bPhil(?=[. ])"),
    "R": re.compile(r"South Africa|Johannesburg|Cape Town|Durban|Pretoria|\bJSE\b|\brand\b"),
}
"""What tells that an article is about the country of such a letter."""
HAN_CENT = re.compile(" ?分(?![之别別析店部公行红紅拆类類歧期享布佈成钟鐘母子配])")
"""Behind an amount with its currency in front, 人民幣5.2分, or of a share: 每股派息1.5分."""
PER_SHARE_HAN = re.compile("(?:每股|每单位|每單位|股息|派息)[^0-9,，。;；]{0,8}$")
CENTS_MORE = re.compile(rf" ?([0-9]{{1,2}}(?:\.[0-9]{{1,2}})?)(?: ?仙|{HAN_CENT.pattern})")
"""Cents behind a whole amount, one price with it: 5令吉85仙."""

_LARGE = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "mn": 6, "mln": 6, "mil": 6, "mio": 6, "bil": 9, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "tln": 12,
    "lakh crore": 12, "lakh": 5, "lakhs": 5, "lac": 5, "lacs": 5, "crore": 7, "crores": 7, "cr": 7, "crs": 7, "hundred million": 8, "thousand crore": 10,
    "hundred thousand": 5, "k": 3, "m": 6, "b": 9, "t": 12,
    "千": 3, "仟": 3, "萬": 4, "万": 4, "十萬": 5, "十万": 5, "百萬": 6, "百万": 6, "千萬": 7, "千万": 7, "億": 8, "亿": 8, "十億": 9, "十亿": 9,
    "百億": 10, "百亿": 10, "千億": 11, "千亿": 11, "萬億": 12, "万亿": 12, "兆": 12,
}  # fmt: skip
ONE_LETTER = frozenset("kmbt")
"""Magnitudes that need a currency or a noun beside them: 5m shares, but no 4K screen."""
_HAN_LARGE = sorted((w for w in _LARGE if w[0] > "\u2fff"), key=len, reverse=True)
_LATIN_LARGE = sorted((w for w in _LARGE if w[0] < "\u2fff" and len(w) > 1), key=len, reverse=True)


def _either(words: list[str] | dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LETTERED = {w: c for w, c in BEFORE.items() if w[0].isascii() and w[0].isalpha()}
_SIGNS = {w: c for w, c in BEFORE.items() if w not in _LETTERED}
CURRENCY_BEFORE = re.compile(rf"(?:(?<![A-Za-z])(?:{_either(_LETTERED)})|{_either(_SIGNS)}) ?$")
"""To be searched in the few characters in front of a number."""
MAGNITUDE = re.compile(
    rf" ?(?:[多餘余来來]|幾)?(?:{'|'.join(_HAN_LARGE)})[多餘余]?|[ -]?(?i:{'|'.join(_LATIN_LARGE)})(?![A-Za-z])|[kKmMbBT](?![A-Za-z0-9])"
)
HAN_MAGNITUDE = re.compile("|".join(_HAN_LARGE))
LETTER_APART = re.compile(r" [mMbB](?![A-Za-z0-9'.])")
"""A letter behind a blank, for amounts with a currency in front: US$ 3.5 m."""
AFTER_LARGE = re.compile("[兆億亿]")
"""Magnitudes behind which a smaller one may go on: 3億4800萬."""
UNITS_MORE = re.compile(
    "([1-9](?:,[0-9]{3}|[0-9]{0,3}))(?= ?(?:[股份張张]|[新坡美港日歐欧澳加韓韩台]?[元圓圆]|令吉|林吉特|人民[幣币]|港[幣币]))"
)
"""What goes on behind whole ten thousands: 413万8000股, 1万8,272美元."""
PERCENT = re.compile(r" ?\\?%(?!-? ?points?)|[ -]?(?i:per ?cent|pct|per-cent|pc)(?![A-Za-z])")
POINTS = re.compile(
    r"[ -]?(?i:per ?centage|%|per ?cent|pct)[ -]points?(?![A-Za-z])|(?<=[0-9])[ -]?%-points?| points?(?= to [0-9.]{1,6} ?(?:%|per ?cent))| ?(?:ppts?|pps?|p\.p\.|pct pts?)(?![A-Za-z])| ?[个個]百分[点點]|百分[点點]"
)
BASIS_POINTS = re.compile(r"[ -]?(?i:basis[ -]points?|bps?)(?![A-Za-z])| ?[个個]?基[点點]")
PER_MILLE = re.compile(r" ?‰")
TIMES = re.compile(
    r" ?x(?![A-Za-z0-9])| ?×(?! ?[0-9])|[ -](?i:times|fold)(?![A-Za-z])|-?fold(?![A-Za-z])| ?(?:[多余餘] ?)?倍"
)
TENTHS = re.compile(r"成(?![不为為立交本功长長熟員员果分就都色份员年效品])")
CURRENCY_AFTER = re.compile(
    rf" ?(?:{_either(_HAN_AFTER)})|[ -]?(?:{'|'.join(sorted(_WORDED, key=len, reverse=True))})(?![A-Za-z])| ?(?:{'|'.join(_ISO)}|NTD)(?![A-Za-z])| ?\$(?:HK|USD?|SG)(?![A-Za-z0-9])|p(?![A-Za-z0-9]|\.m)"
)
CENTS_AFTER = re.compile(rf"[ -]?(?:{'|'.join(sorted(_CENTS.keys() - {'c'}, key=len, reverse=True))})(?![A-Za-z])")
CENT_LETTER = re.compile("c(?![A-Za-z0-9])")
"""Where dividends or earnings are spoken of: 14c."""
_CURRENCIES_AFTER = [(re.compile(w), c) for w, c in _WORDED.items()]
_CENTS_OF = [(re.compile(w), c) for w, c in _CENTS.items()]
STOCKS_HAN = re.compile("股(?=被|获|獲|涨停|漲停|跌停|上涨|上漲|下跌|入选|入選)|份(?!股)")
"""Behind a small number these count listed companies or papers, not shares."""
SHARES_HAN = re.compile(
    r" ?[多余餘]?(?:份 ?(?:美国存托股份|美國存託股份|美国存托凭证|美國預託證券|美國預託股份|ADS|ADR)|[股份](?![东東权權票价價价比额額改指市民息本灾災]|公(?!司股))|[个個]?(?:基金)?[单單]位)"
)
COUNT_HAN = re.compile(
    r" ?(?![点點](?:[过過]?[后後前半多]|[钟鐘左整许許開开]|[0-9]{1,2}分))(?:手|吨|噸|公吨|公噸|辆|輛|台|臺|部|户|戶|桶|平方米|平方呎|呎|尺|人次|人|名|家|間|间|套|座|架|艘|件|份|盎司|千瓦時|千瓦时|度|点|點|宗|笔|筆|个|個|次|公里|支|張|张)"
)
LOTS = frozenset("張张")
"""In Taiwan lots of 1,000 shares; elsewhere sheets."""
LOT = Decimal(1000)
LOOSE_COUNT = frozenset("次度个個名人家间間件笔筆宗支套座")


def before(word: str) -> str:
    """The currency that a word in front of a number means."""
    return LETTER_SIGNS.get(word) or BEFORE[word.rstrip(" ")]


def after(word: str) -> str:
    """The currency that a word behind a number means."""
    word = word.strip(" -")
    if word == "p":
        return "GBX"
    word = {"$USD": "$US", "$SG": "SG$"}.get(word, word)
    found = _HAN_AFTER.get(word) or BEFORE.get(word)
    return found if found is not None else next(c for pattern, c in _CURRENCIES_AFTER if pattern.fullmatch(word))


def cents(word: str) -> str:
    """The currency of which a word means the hundredth."""
    word = word.strip(" -")
    return next(c for pattern, c in _CENTS_OF if pattern.fullmatch(word))


def magnitude(word: str) -> Decimal:
    """What a word of magnitude multiplies by."""
    bare = word.strip(" -").lower().strip("多餘余来來幾")
    return Decimal(1).scaleb(_LARGE[bare])
