"""What a bare "$", 元, ¥ or "Rs" means in an article.

The rule for "$": what stands at the head of a column, "(S$)". Else
1. Where the article writes another dollar with its country (HK$, S$, A$ ...) but never US$, "$" is the US dollar: who marks the others
   leaves the best known one bare; the one marked is meant itself where it is Australia's, Canada's or New Zealand's and no bare
   amount stands in brackets behind it. Where it writes US$ too, "$" is the dollar of its market (rule 2) or country (3), if that is nowhere marked.
2. Else, the dollar of the market whose exchange the article names: Singapore, Australia, Canada, New Zealand.
3. Where US$ is written, the dollar of the country it is published in or speaks of (Singapore, Australia, Canada, New Zealand).
4. In traditional Chinese what 元 means, the Hong Kong or the Taiwan dollar. Else the US dollar: "$" alone in English about Hong Kong is how papers abroad quote.

The rule for 元:
1. What the article declares, "(人民幣,下同)" (from there on; in a digest that says it again, up to the next issuer), "单位:港元", counts.
2. In simplified script 元 is renminbi, save in a Hong Kong paper put into it (codes of Hong Kong alone, and no 港元 or 人民币 anywhere),
   and in a Singapore one, told by its words (脱售, 闭市, 新交所), that speaks of neither the mainland's exchanges nor Malaysia: the Singapore dollar.
3. In traditional script it is the Taiwan dollar in an article about Taiwan, renminbi in one about the mainland's exchanges alone.
4. Else the Hong Kong dollar, as Hong Kong papers write, save for prices of A shares, and for lines of results (收入, 虧損 ...) of an
   issuer that reports in renminbi: told by its name (of several issuers with codes that of the nearest decides), or where another
   such line names the renminbi.
5. In simplified script it is the Hong Kong dollar in a sentence that gives prices of shares in 港元, and save for results in a text that
   gives codes of Hong Kong alone and says 港元, never 人民币.

An amount that repeats one in another currency, "日元,約合666億元", is no line of results. 仙 is the hundredth of the ringgit in an article about
Malaysia that names neither the Hong Kong dollar nor its exchange.

¥ is yen in an article that speaks more of Japan than of China, else renminbi. "Rs" is the Indian rupee save in articles about Pakistan or Sri Lanka.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from stakeline.checks.figures import units
from stakeline.checks.text import language, script, simplified

_COUNTRIED = re.compile(r"(?<![A-Za-z])(HK|US|U\.S\.|SG|AU|CA|Cdn|NT|NZ|[SACT](?=\$)) ?\$")
_MARKETS = (
    ("SGD", re.compile(r"\bSGX\b|Singapore Exchange|Singapore-listed|Straits Times Index|Mainboard-listed")),
    (
        "AUD",
        re.compile(
            r"\bASX\b|Australian Securities|Australian-listed|\b(?:un)?franked\b|\bPty\b|Appendix 3[XYZ]|All Ordinaries|\b[Ss]uperannuation|prior corresponding period|substantial[- ]holder notice|\bon-market on\b"
        ),
    ),
    (
        "CAD",
        re.compile(
            r"\b(?:TSXV?|CVE)\b|\([A-Z]{1,5}(?:[.-][A-Z]{1,2})?-[TX]\)|Toronto Stock Exchange|Toronto-listed|\b(?:TORONTO|CALGARY|MONTREAL|VANCOUVER|OTTAWA|WINNIPEG) [—–-]"
        ),
    ),
    ("NZD", re.compile(r"\bNZX\b|New Zealand-listed")),
)
_COUNTRIES = (
    ("SGD", re.compile("Singapore")),
    ("AUD", re.compile("Australia|Sydney|Melbourne|Brisbane|\\bPerth\\b")),
    ("CAD", re.compile("Canad")),
    ("NZD", re.compile("New Zealand")),
)
_SHORTED = re.compile(r"沽空 ?\$")
"""As services in Hong Kong print what was sold short of a share: 沽空 $2.79亿."""
_COLUMN = re.compile(r"(?<![A-Za-z])((?:HK|US|S|A|C|NZ)\$)(?:m|mn|bn|'000)? ?[|)\]]")
"""A dollar with its country at the head of a column: "| consideration S$ |", "Value (S$)"."""
_BRACKETED = re.compile(r"\((?:about |around |or )?\$|\$[0-9.,]+ ?[a-z]* (?:US|U\.S\.)")
_CENTS = re.compile(r"[0-9] cents")
_DECLARED = re.compile(
    r"(?:单位|單位|以)[:为為]?(港元|港币|港幣|人民币|人民幣|美元|新台幣|新台币)|(港元|港币|港幣|人民币|人民幣|美元|新台幣|新台币)[,，、;·‧.(（]?(?:下同|计值|計值|列示|為單位|为单位)"
)
_BELOW = re.compile("[,，、;·‧.(（]?下同")
_ISSUER_CODE = re.compile(r"(?:\n[^\n(]{0,40})?(\([0-9]{3,5}\))")
_H_SHARES = re.compile("(?:H股|港股)[^,，。;；A]{0,16}$")
_AMOUNT = 20
"""How far in front of "(人民幣,下同)" its amount begins at most."""
_MAINLAND = re.compile(r"A股|上交所|深交所|北交所|科創板|科创板|創業板指|上證|上证|深證|深证|滬深|沪深")
_HONG_KONG = re.compile(r"港(?![務务口])|H股|恒指|恆指|聯交所|大市|配售|藍籌")
_TAIWAN = re.compile(
    r"台北|臺北|台股|庫藏股|仟元|公開資訊觀測站|上市櫃|台積電|台灣|臺灣|證交所公告|櫃買|上櫃|金管會|外資買超|新台幣|新臺幣|[0-9]-TW(?:O)?(?![A-Z])|興櫃|投信|董監|-KY|處分利益|集中市場|(?<![海圳京])證交所|股利|法說會|純益|(?<![按同])年[增減][0-9]|申報轉讓|(?:[解設]質|質[押設])[^，。；]{0,12}?[0-9萬] ?張|鉅額(?:交易|逐筆)|持股[共約]?[0-9,.]+ ?萬?張|[0-9萬] ?張(?:持股|股票)|(?:買進|賣出|處分)[^，。；]{0,12}?[0-9,.]{3,} ?萬?張"
)
_JAPAN = re.compile(r"Japan|Tokyo|Nikkei|\byen\b|\bJPY\b|日本|東京|东京|日經|日经|日圓|日元")
_CHINA = re.compile(r"China|Chinese|yuan|RMB|renminbi|CNY|Shanghai|Shenzhen|Beijing|人民[币幣]|中[国國]|[AH]股")
_INDIA = re.compile(r"India|₹|crore|lakh|\bBSE\b|\bNSE\b|Sensex|Nifty|Mumbai|Sebi|SEBI")
_PAKISTAN = re.compile(r"Pakistan|Karachi|\bPSX\b|Lahore")
_SRI_LANKA = re.compile(r"Sri Lanka|Colombo")
_MALAYSIA = re.compile(r"令吉|林吉特|马新|馬新|吉隆坡|大[马馬](?!哈|路)|Malaysia|\bBursa\b")
_SINGAPORE = re.compile("新交所|凯利板|海峡时报指数|新加坡交易所|脱售|闭市|献议")
"""As papers of Singapore write, and those of Malaysia, which name their ringgit."""
_HONG_KONG_MONEY = re.compile("港[元币幣仙股]|[港聯联]交所")
_CONVERTED = re.compile(
    r"[新美日歐欧澳加韓韩][元圓圆][,，]?(?:\(|[約约折]合|相[當当][於于]|\((?:[約约折]合|相[當当][於于]))[約约]?$"
)
_PESOS = (
    ("PHP", re.compile(r"Philippine|Manila|\bPSE\b")),
    ("MXN", re.compile(r"Mexic")),
    ("CLP", re.compile(r"Chile")),
    ("COP", re.compile(r"Colombia")),
)
_KRONER = (
    ("SEK", re.compile(r"Swed|Stockholm")),
    ("NOK", re.compile(r"Norw|Oslo")),
    ("DKK", re.compile(r"Dan(?:ish|mark)|Denmark|Copenhagen")),
)

_REPORTS_IN_RENMINBI = re.compile(
    "商湯|騰訊|阿里|美團|小米|京東|百度|網易|快手|比亞迪|理想汽車|小鵬|蔚來|吉利|長城汽車|嗶哩|攜程|海爾|海底撈|農夫山泉|泡泡瑪特|安踏|李寧|蒙牛|伊利|百勝中國"
    "|中芯|華虹|中國(?!飛機租賃)|國藥|藥明|石藥|復星|碧桂園|萬科|融創|龍湖|恒大|恆大|世茂|雅居樂|富力|招商銀行|招行|工商銀行|工行|建設銀行|建行|農業銀行|農行|交通銀行|交行|郵儲"
    "|平安|國壽|人保|太保|新華保險|江西銅業|紫金|洛陽鉬業|海螺|濰柴|中車|中興|聯通|第四範式|雲從|曠視|寒武紀|寧德時代|金山|閱文|眾安|平安好醫生|同程|微盟|中通|順豐|[\u4e00-\u9fff]股份有限公司"
)
"""Issuers listed in Hong Kong whose accounts are in renminbi, by the names that papers use; found in their annual reports' currency notes."""
_RENMINBI_HANS = re.compile(simplified(_REPORTS_IN_RENMINBI.pattern))
_CODE_OF_HONG_KONG = re.compile(r"\((?:[0-9]{3,4}|0[0-9]{4})\)|(?<![0-9])0?[0-9]{4}[.-]HK")
_EXCHANGE_OF_HONG_KONG = re.compile("港交所|联交所|港股")
_CODE_OF_MAINLAND = re.compile(r"(?<![0-9.])[036][0-9]{5}(?![0-9])|\b(?:SH|SZ)\b")
_OTHER_YUAN = re.compile("港元|港币|人民币|[AB]股")
_RESULTS_SAID = "收入|收益|營收|營業額|銷售|身家|餘額|余额|盈利|虧損|虧蝕|純利|淨利|净利|溢利|毛利|轉虧|年度|業績|成本|開支|費用|研發|上年|去年同期|同比|按年|經調整|派息|減值|撥備|EBITDA"
_TRADING_SAID = "每股|股價|收報|現報|報價|市值|成交|作價|配售|涉資|套現|買入|沽出|沽售|增持|減持|回購|購回|均價|平均價|收市|高見|低見|造價|招股價|目標價|收購價|最新報|升至|跌至|認購|所得款"
_RESULTS, _TRADING = (re.compile(f"{said}|{simplified(said)}") for said in (_RESULTS_SAID, _TRADING_SAID))
_IN_RENMINBI = re.compile(r"[0-9][0-9,.]{0,14} ?[億亿萬万]?元?人民[幣币]|人民[幣币] ?[0-9]")
_STOP = re.compile("[。！？；;\n]")
_LONGEST = 200
"""Characters of a sentence that are looked at on either side of a figure."""
_REACH = 600
"""Characters in front of a figure within which its issuer's code stands."""
_A_SHARE_PRICE = re.compile(r"(?<!H股及)(?<!H、)A股[^H港B元]*?(?:收市?[報价價]?|[報见見]|[至到])[约約]?$")
"""In front of the price of a share of the mainland, in a sentence that speaks of no other."""
_ROOM = 60
_NAMED = 16
"""Characters in front of a code within which its issuer is named."""
_BESIDE = 24
"""How far in front of an amount a word of trading makes it a price."""


class Usage(NamedTuple):
    """What the bare signs mean in one article.

    results: what 元 means in lines of results. declared: where "(人民幣,下同)" holds, up to the next issuer if it is said
    several times; before: what 元 means outside of it. prices: what it means elsewhere than in results, in a simplified text on
    issuers of Hong Kong alone that writes 港元 too. ringgit: what 仙 is the
    hundredth of, and a bare amount, in an article about Malaysia.
    """

    dollar: str
    cent: str
    yuan: str
    results: str
    yen: str
    rupee: str
    peso: str | None
    krone: str | None
    declared: tuple[tuple[int, int], ...] = ()
    before: str | None = None
    prices: str | None = None
    ringgit: str | None = None

    def settle(self, currency: str | None, text: str, start: int) -> str | None:
        """The ISO code of a currency; start: where the figure stands, to see what it is about."""
        if currency in {units.LOCAL_SEN, units.LOCAL_BARE}:
            known = self.prices if currency == units.LOCAL_BARE else None
            return self.ringgit or known or self._yuan_at(text, start)
        if currency == units.LOCAL_YUAN:
            return self._yuan_at(text, start)
        return {
            units.LOCAL_DOLLAR: self.dollar,
            units.LOCAL_CENT: self.cent,
            units.LOCAL_YEN: self.yen,
            units.LOCAL_RUPEE: self.rupee,
            units.LOCAL_PESO: self.peso,
            units.LOCAL_KRONE: self.krone,
        }.get(currency or "", currency)

    def _yuan_at(self, text: str, start: int) -> str:
        """What 元 means at one place."""
        if self.before is not None and not self._is_declared(start):
            return self.results if len(self.declared) == 1 and _of_results(text, start) else self.before
        if self.before is not None and _of_h_shares(text, start):
            return self.before
        if self.prices is not None and not _of_results(text, start):
            return self.prices
        if self.yuan == "HKD" and _of_a_shares(text, start):
            return "CNY"
        if self.yuan == self.results:
            return "HKD" if self.yuan == "CNY" and _of_hong_kong_price(text, start) else self.yuan
        return self.results if _of_results(text, start) and _reports_in_renminbi(text, start) else self.yuan

    def _is_declared(self, start: int) -> bool:
        """Whether an offset stands where "(人民幣,下同)" holds."""
        at = bisect_right(self.declared, start, key=lambda d: d[0])
        return at > 0 and start < self.declared[at - 1][1]


def usage(text: str, currency: str | None = None) -> Usage:
    """What bare signs mean in an article. currency: its home currency if known, which then decides 元 and the local dollar."""
    yuan, results = _yuan(text, currency)
    dollar = _dollar(text, currency, yuan)
    declared = _declared(text)
    marked = {units.before(m[0].replace(" ", "")) for m in _COUNTRIED.finditer(text)} - {"USD"}
    return Usage(
        dollar=dollar,
        cent=marked.pop() if dollar == "USD" and len(marked) == 1 else dollar,
        yuan=yuan,
        results=results,
        yen=_yen(text, currency),
        rupee="PKR"
        if _PAKISTAN.search(text) and not _INDIA.search(text)
        else "LKR"
        if _SRI_LANKA.search(text) and not _INDIA.search(text)
        else "INR",
        peso=next((code for code, place in _PESOS if place.search(text)), None),
        krone=next((code for code, place in _KRONER if place.search(text)), None),
        prices="HKD" if yuan == "CNY" and currency is None and _hong_kong_alone(text) else None,
        declared=declared,
        before=(currency or _yuan_untold(text)[0]) if declared else None,
        ringgit="MYR" if _MALAYSIA.search(text) and not _HONG_KONG_MONEY.search(text) else None,
    )


def _declared(text: str) -> tuple[tuple[int, int], ...]:
    """Where "(人民幣,下同)" holds: behind it; where it is said again, as in a digest of issuers, each to the next one."""
    below = [m.span() for m in _BELOW.finditer(text)]
    first: dict[str, int] = {}
    for code in _ISSUER_CODE.finditer(text) if below[1:] else ():
        first.setdefault(code[1], code.start())
    issuers = [at for at in first.values() if text[at] == "\n"] + [len(text)]
    return tuple((max(a - _AMOUNT, 0), issuers[bisect_right(issuers, b - 1)]) for a, b in below)


def _dollar(text: str, currency: str | None, yuan: str) -> str:
    """What "$" means; see the rule above. yuan: what 元 does."""
    column = _COLUMN.search(text)
    if column is not None:
        return units.before(column[1])
    marked = {m[1] for m in _COUNTRIED.finditer(text)}
    american = bool(marked & {"US", "U.S."})
    if marked and not american:
        alone = marked < {"A", "AU", "C", "CA", "Cdn", "NZ"} and len(marked) == 1 and not _BRACKETED.search(text)
        return units.before(f"{marked.pop()}$") if alone else "USD"
    home = currency if currency in {"HKD", *(code for code, _ in _MARKETS)} else None
    if home is None:
        home = next((code for code, place in _MARKETS if place.search(text)), None)
        home = "SGD" if home is None and "Singapore" in text and _CENTS.search(text) else home
    if american and home is None:
        home = next((code for code, place in _COUNTRIES if place.search(text)), None)
    if not marked and _SHORTED.search(text):
        return "HKD"
    if not marked and language(text) == "zh" and script(text) == "Hant":
        return "USD" if yuan == "CNY" else yuan
    if american:
        return home if home is not None and home not in {units.before(f"{m}$") for m in marked} else "USD"
    return home if home is not None and home != "HKD" else "USD"


def of_taiwan(text: str) -> bool:
    """Whether an article is about Taiwan's market."""
    return _TAIWAN.search(text) is not None and _HONG_KONG.search(text) is None


def _yen(text: str, currency: str | None) -> str:
    """What ¥ means: of two countries that an article speaks of, the currency of the one it speaks of more."""
    if currency in {"JPY", "CNY"}:
        return currency
    japan, china = (len(place.findall(text)) for place in (_JAPAN, _CHINA))
    if japan == china:
        return "CNY" if language(text) == "zh" else "JPY"
    return "JPY" if japan > china else "CNY"


def _yuan(text: str, currency: str | None) -> tuple[str, str]:
    """What 元 means, in general and in lines of results; see the rule above."""
    declared = _DECLARED.search(text)
    if declared is not None:
        code = units.BEFORE[declared[1] or declared[2]]
        return code, code
    return (currency, currency) if currency is not None else _yuan_untold(text)


def _yuan_untold(text: str) -> tuple[str, str]:
    """What 元 means where nothing is declared."""
    if language(text) != "zh":
        return "CNY", "CNY"
    if script(text) != "Hant":
        if _SINGAPORE.search(text) and not any(p.search(text) for p in (_MAINLAND, _MALAYSIA, _CODE_OF_MAINLAND)):
            return "SGD", "SGD"
        return ("HKD", "CNY" if _RENMINBI_HANS.search(text) else "HKD") if _of_hong_kong(text) else ("CNY", "CNY")
    if of_taiwan(text):
        return "TWD", "TWD"
    if _MAINLAND.search(text) and not _HONG_KONG.search(text):
        return "CNY", "CNY"
    return "HKD", "CNY" if _REPORTS_IN_RENMINBI.search(text) or _tells_results_in_renminbi(text) else "HKD"


def _tells_results_in_renminbi(text: str) -> bool:
    """Whether a line of results names the renminbi: 收入41.20億元人民幣, of which the others then are too."""
    return any(_of_results(text, m.start()) for m in _IN_RENMINBI.finditer(text))


def _hong_kong_alone(text: str) -> bool:
    """Whether a simplified text gives codes of Hong Kong alone, and says 港元 but never 人民币."""
    return (
        script(text) == "Hans"
        and (_CODE_OF_HONG_KONG.search(text) or _EXCHANGE_OF_HONG_KONG.search(text)) is not None
        and _CODE_OF_MAINLAND.search(text) is None
        and re.search("港元|港币", text) is not None
        and re.search("人民币|[AB]股", text) is None
    )


def _of_h_shares(text: str, start: int) -> bool:
    """Whether a figure is of shares traded in Hong Kong, which "(人民幣,下同)" above it does not mean."""
    return _H_SHARES.search(text, max(start - 24, 0), start) is not None


def _begin(text: str, start: int) -> int:
    """Where the sentence of a figure begins, at most `_LONGEST` characters in front of it: each look costs the same in any text."""
    return max(text.rfind(mark, max(start - _LONGEST, 0), start) + 1 for mark in "。！？；;\n") or max(
        start - _LONGEST, 0
    )


def _of_a_shares(text: str, start: int) -> bool:
    """Whether a figure of a Hong Kong paper is the price of shares traded on the mainland: A股收市跌7.36%,報287.98元."""
    return _A_SHARE_PRICE.search(text, max(_begin(text, start), start - _ROOM), start) is not None


def _of_hong_kong_price(text: str, start: int) -> bool:
    """Whether a figure of a mainland text stands in a sentence that prices its shares in 港元: 以每股0.45-0.455港元增持, 均价介乎0.491元."""
    begin, end = _begin(text, start), _STOP.search(text, start, start + _LONGEST)
    sentence = text[begin : end.start() if end is not None else start + _LONGEST]
    return (
        "港元" in sentence
        and _OTHER_YUAN.search(sentence.replace("港元", "")) is None
        and _TRADING.search(text, max(start - _BESIDE, begin), start) is not None
        and not _of_results(text, start)
    )


def _reports_in_renminbi(text: str, start: int) -> bool:
    """Whether the issuer told last in front of a figure reports in renminbi: of several codes the nearest one's name decides."""
    codes = [m.start() for m in _CODE_OF_HONG_KONG.finditer(text, max(start - _REACH, 0), start)]
    if not codes:
        return True
    first = max(codes[-1] - _NAMED, 0)
    begin = max(first, *(text.rfind(mark, first, codes[-1]) for mark in "。;；)"))
    return any(names.search(text, begin, start) for names in (_REPORTS_IN_RENMINBI, _RENMINBI_HANS))


def _of_hong_kong(text: str) -> bool:
    """Whether a simplified text is a Hong Kong paper's: it gives codes of Hong Kong only, and neither 港元 nor 人民币 to tell 元 from."""
    return (
        _CODE_OF_HONG_KONG.search(text) is not None
        and _OTHER_YUAN.search(text) is None
        and _CODE_OF_MAINLAND.search(text) is None
    )


def _of_results(text: str, start: int) -> bool:
    """Whether the words in front of a figure speak of results rather than of shares traded: the nearest word decides.

    An amount that repeats one of another currency is in the paper's own.
    """
    left = text[max(start - 120, 0) : start]
    if _CONVERTED.search(left):
        return False
    last = max((m.start() for m in _RESULTS.finditer(left)), default=-1)
    return last > max((m.start() for m in _TRADING.finditer(left)), default=-1)
