"""The words of both languages in which a form prints positions, answers and headers, and digits of full width."""

import re

DIGITS = frozenset("0123456789")
_FULL_WIDTH = {0xFF01 + n: chr(0x21 + n) for n in range(94)}
"""Digits, signs and letters of full width, as Chinese pages may print them, and their plain forms."""

ANSWERS = {
    **dict.fromkeys(("y", "yes", "是", "有"), True),
    **dict.fromkeys(("n", "no", "否", "沒有", "没有"), False),
}
"""Answers to "direct interest?", in small letters."""

PERCENT_HEADER = re.compile(r"%|percent|百分", re.IGNORECASE)
HEADER = re.compile(
    r"(?:full )?names?\b|codes?\b|number\b|no\. |address|position\b"
    r"|.{0,20}(?:姓名|名稱|名称|代號|代号|編號|编号|代碼|代码|地址|股份數目|股份数目|持倉|持仓)",
    re.IGNORECASE,
)
"""How the first cell of a row of headers begins, in Chinese also what it ends in ("受控法團的名稱")."""


def plain(text: str) -> str:
    """The text with digits, signs and letters of full width made plain: "１，２３４" is "1,234"."""
    return text if text.isascii() else text.translate(_FULL_WIDTH)


def figured(text: str) -> str:
    """The text made plain if it then is plain and begins with a digit; names keep the letters that they are filed in."""
    if text.isascii():
        return text
    made = text.translate(_FULL_WIDTH)
    return made if made[0] in DIGITS and made.isascii() else text
