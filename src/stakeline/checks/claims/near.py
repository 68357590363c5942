"""The few words right in front of a figure and right behind it, which say how it stands to the one before.

All patterns are held against at most some forty characters, in lower case.
"""

import re

from stakeline.checks.claims.scene import Scene

_SMALL = r"(?:a|an|the|its|his|her|their|about|around|some|nearly|almost|roughly|just|only|over|more than|less than|as much as|up to|approximately|or|record|mere|total of|net)"
_FROM = re.compile(
    rf"(?:\b(?:from|up from|down from|against|versus|vs\.?|compared (?:with|to)|as opposed to|having been|after)(?: {_SMALL}){{0,3}}(?: (?:net |operating |adjusted |gross |pre-tax |restated )*(?:profits?|loss(?:es)?|revenues?|income|earnings|sales|figure|level)(?: of)?)?|由|从|從|自|(?:去年|上年|上一年|年前|前年|上季|上一季|上[个個]季|上半年)(?:同期|度)?(?:的|为|為|之|约|約|是)*|[上去前]年(?:同期|度)?(?:则|則)?(?:亏损|虧損|盈利|赚|賺|蝕|亏|虧|净利润|為|为)?|同期[,，]?(?:的|为|為|之)?(?:[^\s,，。;；持0-9]{{0,14}}))(?:约|約)?(?:港[幣币]|人民[幣币])? ?$"
    r"|[(（](?:20[0-9]{2}|二零[一二三四五六七八九零〇]{2})年?(?:[上下]半年|同期|度)?[:：] ?(?:港[幣币]|人民[幣币])? ?$|\((?:first half of |1h |fy)?20[0-9]{2}: $"
    rf"|\b(?:than|double|twice) (?:the|its|last year's) $|\b(?:a year (?:earlier|ago|before)|last year) (?:of|was|were)(?: {_SMALL}){{0,2}} $"
)
_AFTERWARDS = re.compile(
    r"(?:.{0,200}; )?(?:after|following|upon|on completion of) (?:the|this|that|these|his|her|its|their) "
    r"(?:[^,.;]{2,50}, |(?:[a-z]+ ){0,2}(?:sale|trade|deal|purchase|placing|placement|disposal|transaction) (?:it|s?he|they) )"
)
_AFTER_HAN = re.compile("(?:完成|交易|减持|減持|增持|出售|转让|轉讓|配售|变动|變動)[后後][,，]")
_HEAD = 80
"""How far in front of a figure such a word is looked for."""
_ONCE = re.compile("previously|formerly|once|originally|此前|之前|原[持有]|曾")
_COMPARES = re.compile(
    r"\bcompare[ds]? (?:with|to) (?:[\w'&.-]+ ){0,6}(?:profit|loss|revenue|income|earnings|sales) of (?:about )?$"
)
_FROM_NEAR = re.compile(
    rf"(?:\b(?:from|against|versus|vs\.?|compared (?:with|to)|after)(?: {_SMALL}){{0,3}}(?: (?:previous|prior|earlier|current|existing|original|initial))?|[由从從自]|(?:原来|原來|此前|之前)的?|[较較比](?![规規]定|要求|最低|上限|下限)[^,，。;；升降增减減]{{1,10}}的)(?:约|約)? ?$"
)
_TO = re.compile(
    rf"(?:\bto(?: {_SMALL}){{0,3}}|(?:[降升增减減跌涨漲扩擴达達提缩縮稀释釋回落攀下][至到為为]|[至到])(?:约|約|仅|僅|了)? ?)$|\bto {_SMALL}? ?$|\bto $"
)
_UP_TO = re.compile(
    r"\bup to (?:about |around )?$"
    r"|\b(?:amount|equal|equat|correspond|compar|com|accord)(?:s|es|ed|ing|ent|e)? to (?:(?:a|an|about|around|some|nearly|roughly|just|only|over|more than) ){0,3}$"
    r"|\b(?:equivalent|close|next|akin|similar|proportional|due) to (?:(?:a|an|about|around|some|nearly|roughly) ){0,2}$"
)
"""No move."""
_BY = re.compile(
    rf"\bby(?: {_SMALL}){{0,2}} $|(?:减少|減少|增加|下降|上升|提升|降低|增长|增長|提高|收窄|扩大|擴大|大[减減增])了? ?$"
)
_AGO = re.compile(
    r"^,?(?: \([^)]{0,30}\))?,? (?:(?:a|one|the) year (?:earlier|ago|before)|(?:in|for|during) (?:the |a )?(?:same|year[- ]ago|prior|previous|corresponding|comparable|year[- ]earlier|last[- ]year(?:'s)? (?:period|quarter|half))|the (?:previous|prior) |(?:a )?year[- ](?:earlier|ago)|in the quarter before|previously|earlier)"
)
_CHANGE = re.compile(
    r"\b(?:increase|rise|gain|growth|jump|drop|fall|decline|decrease|reduction|up|down|rose|fell|climbed|dropped|increased|decreased|grew|jumped)(?: of| by)?(?: (?:about|nearly|some|almost|around|roughly))? $|(?:增加|减少|減少|增长|增長|上升|下降|(?<![最至不])多|(?<![最至不])少)(?:了|约|約)?(?:港[幣币]|人民[幣币])? ?$"
)
_OR = re.compile(
    r"^,? (?:or|equal to|equivalent to|equating to|representing|about|being)(?: about| some| roughly| around| nearly)? $|^[,，] ?(?:即|约|約|合)$"
)
_LISTED = re.compile(r"(?: shares)?(?:,? and|,| or|、|和|及|与|與|以及)(?: (?:about|nearly|another))? ?")
_EXPECTED = re.compile(
    r"\b(?:estimates?|estimated|forecasts?|expectations?|consensus|guidance|projections?|polls?)(?: [a-z]+){0,2}? (?:of|for|at|was|were|to|between)(?: (?:a|an|about|around|some|up to|as much as))* $|(?:市场|市場|分析[师師員员]|券商|彭博|一致)(?:[^\s,，。0-9]{0,6})?(?:预期|預期|预测|預測|预计|預計)(?:的|为|為|是|约|約)* ?$|(?:高|低|好|遜|逊|优|優)[过過于於].{0,6}(?:预期|預期|预测|預測)(?:的|为|為)*$"
)
_THOUGHT = re.compile(
    r"^ (?:average |mean |median )?(?:of |by )?(?:analysts?'?|consensus|(?:that )?analysts|estimate|expected by|forecast|average of|projected)\b|^的?(?:市场|市場)?(?:预期|預期|预测)"
)
_RESPECTIVELY = re.compile("respectively|分[别別]")
_LONGEST_LIST = 4
_PER_SHARE = re.compile(
    r"^ ?(?:a|per|each|an|for each|/) ?(?:[ah]-? ?|american deposit[ao]ry )?(?:share|unit|ads|adr|piece|stock|apiece)\b|^ per [a-z]+ (?:share|unit)\b|^ (?:each|apiece)\b|^ ?/ ?股|^ ?每股|^ ?一股"
)
_AT = re.compile(
    rf"(?:\bat (?:a|an|the)(?: [a-z]+)? price of|(?:\bat|@)(?: {_SMALL}){{0,3}}|每股(?:作价|作價|均价|均價|平均价|平均價|价|價)?(?:为|為|约|約)?|以|按|作價|作价|均[价價](?:为|為|约|約)?) ?$"
)


def is_expected(scene: Scene, i: int) -> bool:
    """As in "estimates of X", 市場預期的X: what others thought it would be."""
    return _EXPECTED.search(scene.before(i)) is not None or _THOUGHT.match(scene.after(i)) is not None


def from_(scene: Scene, i: int) -> bool:
    """A figure of before: "from X", "compared with a profit of X", "X a year earlier", 上年同期为."""
    if _COMPARES.search(scene.before(i, 70)):
        return True
    return _FROM.search(scene.before(i)) is not None or _AGO.match(scene.after(i)) is not None


def coordinated(scene: Scene, i: int) -> bool:
    """As in "A and B", A、B: it stands in one list with the figure before."""
    return i > 0 and _LISTED.fullmatch(scene.lower[scene.found[i - 1].end : scene.found[i].start][:40]) is not None


def respective(scene: Scene, i: int) -> tuple[int, int] | None:
    """Its place in "A and B respectively", 分別為A及B, and how many there are; None where it stands in no such list."""
    first = last = i
    while first and i - first < _LONGEST_LIST and coordinated(scene, first):
        first -= 1
    while last + 1 < len(scene.found) and last - i < _LONGEST_LIST and coordinated(scene, last + 1):
        last += 1
    told = _RESPECTIVELY.search(scene.before(first)) or _RESPECTIVELY.search(scene.after(last, 30))
    return (i - first, last - first + 1) if last > first and told else None


def comes_from(scene: Scene, i: int) -> bool:
    """As in "from X", 由: the first end of a move."""
    return _FROM_NEAR.search(scene.before(i, 30)) is not None


def afterwards(scene: Scene, i: int) -> bool:
    """Whether its sentence begins "After the sale, ...", 出售完成後, and speaks of no earlier time."""
    begin, end = scene.bounds(i)[0], scene.found[i].start
    told = _AFTERWARDS.match(scene.lower, begin, end) or _AFTER_HAN.search(scene.lower, max(begin, end - _HEAD), end)
    return told is not None and _ONCE.search(scene.before(i)) is None


def goes_to(scene: Scene, i: int) -> bool:
    """As in "to X", 至: the other end."""
    before = scene.before(i, 30)
    return _TO.search(before) is not None and _UP_TO.search(before) is None


def moves_by(scene: Scene, i: int) -> bool:
    """As in "by X": the move itself."""
    return _BY.search(scene.before(i, 30)) is not None


def is_change(scene: Scene, i: int) -> bool:
    """As in "up X" and "an increase of X"."""
    return _CHANGE.search(scene.before(i, 30)) is not None


def repeats(scene: Scene, i: int) -> bool:
    """As in "A, or B": the same thing in another measure."""
    if i == 0:
        return False
    gap = scene.lower[scene.found[i - 1].end : scene.found[i].start]
    return len(gap) < 30 and _OR.match(gap) is not None


def per_share(scene: Scene, i: int) -> bool:
    """As in "X a share", "X each", X/股."""
    return _PER_SHARE.match(scene.after(i, 32)) is not None


def is_at(scene: Scene, i: int) -> bool:
    """As in "at X", 每股X."""
    return _AT.search(scene.before(i, 30)) is not None
