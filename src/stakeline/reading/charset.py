"""Characters: which encoding bytes are in where they say so themselves, and text that was decoded wrongly.

Nothing is guessed. A byte order mark says UTF-16, and so do the zero bytes beside every plain letter; UTF-8 proves itself,
because text in another encoding is hardly ever valid UTF-8. Everything else has to be declared; where the declaration
makes no sense of a page, the one encoding proves itself in which the forms' own Chinese words stand there.
"""

import codecs
import re

import msgspec

from stakeline.model.notices import Notice
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read, Reading

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
"""The charsets that we follow by their label, as web pages and mails write them. Python knows more, some of them harmful."""
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""")
_LOOKED_AT = 4096
_PAGES = {**{k: v for k, v in LABELS.items() if not v.startswith("utf-16")}, "us-ascii": "utf-8"}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHINESE = ("big5hkscs", "gb18030")
_THREE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
_LOW = bytes(range(128))
_MANY = 4
"""Bytes beyond plain letters. A name with one accent or two is no reason to look for Chinese words."""
_VOCABULARY = re.compile("[好淡][倉仓]|股份|權益|权益|披露|通知|日期|名稱|名称|姓名|百分|持有|主板|證券|证券")
"""Words of the register's forms and lists, in both scripts."""
_PIECE = re.compile(r">([^<>]*[^\x00-\x7f<>][^<>]*)<")
IN_DOUBT = "the charset is in doubt"
_LATIN_RUN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}"
)
_SIGNS = re.compile("[\u0080-\u009f¢£¤¥¦§¨¬¯±´µ¶¸¹²³¼½¾¿ÐÞ×÷]")
_MOST_SIGNS = 1


def utf16_unmarked(data: bytes) -> str | None:
    """The byte order of UTF-16 without a byte order mark ("utf-16-le"), told by the zero bytes of its plain letters."""
    start = data[:_LOOKED_AT]
    if 0 not in start or start.startswith(UTF16_MARKS):
        return None
    even, odd = start[::2], start[1::2]
    if len(odd) < 4:
        return None
    for zeros, others, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if 0 not in others and zeros.count(0) * 2 > len(zeros):
            return name
    return None


def marked(data: bytes) -> bytes:
    """The same text, with a byte order mark where it is UTF-16 without one."""
    order = utf16_unmarked(data)
    if order is None:
        return data
    return (codecs.BOM_UTF16_LE if order == "utf-16-le" else codecs.BOM_UTF16_BE) + data


def labelled(data: bytes, label: str | None) -> bytes:
    """A page with the charset that stood on its wrapping (a mail's header) put before it, as the page's own first tag.

    The page's bytes stay as they are behind it. Nothing is put there where the page says the same itself, where the
    label is unknown to us, or where the bytes do not fit the label.
    """
    encoding = LABELS.get((label or "").strip().lower())
    if encoding is None or label is None or data.startswith((*UTF16_MARKS, codecs.BOM_UTF8)):
        return data
    declared = _DECLARED.search(data, 0, _LOOKED_AT)
    if LABELS.get(declared[1].decode().lower() if declared else "utf-8") == encoding:
        return data
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return data
    if encoding.startswith("utf-16"):
        return marked(data)
    return f'<meta charset="{label.strip().lower()}">\n'.encode() + data


def page(data: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """A page in UTF-8, and what is to be said of its charset.

    By its byte order mark; else as UTF-8 where it is that and not only plain letters; else by the charset it declares
    (UTF-8 where it declares none). Where that does not fit the bytes, or shows none of the words of the forms, the
    charset of Chinese pages that does both is taken, with a note; where none does, the charset is in doubt.
    """
    if data.isascii():
        return data, ()
    bom = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    declared = _DECLARED.search(data, 0, _LOOKED_AT)
    name = bom or (declared[1].decode().lower() if declared else "utf-8")
    encoding = bom or _PAGES.get(name, "utf-8")
    # Pairs of bytes alone may be UTF-8 by chance in a page that declares two bytes a character; threes are not.
    own = bom is None and (encoding not in _CHINESE or _THREE.search(data)) and _strictly(data, "utf-8") is not None
    if own:
        return data, ()
    told = _strictly(data, encoding)
    few = bom is not None or len(data.translate(None, _LOW)) < _MANY
    if told is None or not (few or _words(told)):
        told, problem = _by_words(data, told, name, encoding, few=few)
        return told.encode("utf-8", "replace"), (problem,) if problem else ()
    return told.encode("utf-8", "replace"), ()


def _by_words(data: bytes, told: str | None, name: str, encoding: str, *, few: bool) -> tuple[str, Problem | None]:
    """The text of a page that does not make sense by what it declares. told: the text by that, where the bytes fit it."""
    fitting = {other: found for other in _CHINESE if (found := _strictly(data, other)) is not None}
    best = max(fitting, key=lambda other: _words(fitting[other]), default=None)
    if best is not None and not few and _words(fitting[best]):
        message = f"its Chinese words are in {best}; read as that, not as {name}"
        return fitting[best], Problem(severity=Severity.NOTE, where="page", found=name, message=message)
    if told is not None:
        odd = next((piece for piece in _PIECE.findall(told) if garbled(piece)), None) if fitting else None
        if odd is None:
            return told, None
        message = f"{IN_DOUBT}: hardly {name}, as the page says"
        return told, Problem(severity=Severity.FIELD, where="page", found=printable(odd), message=message)
    told = data.decode(encoding, "replace")
    sure = few or _words(told)
    at = _first_unfit(data, encoding)
    return told, Problem(
        severity=Severity.NOTE if sure else Severity.FIELD,
        where=f"byte {at}",
        found=printable(data[max(at - 20, 0) : at + 20].decode("latin-1")),
        message=f"the page does not decode as {name}; unreadable characters are marked �{'' if sure else f'; {IN_DOUBT}'}",
    )


def _first_unfit(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _words(told: str) -> int:
    """How often words stand there that the forms and lists print in Chinese."""
    return len(_VOCABULARY.findall(told))


def text(data: bytes, where: str) -> str | Problem:
    """Plain text in UTF-8 or UTF-16, line ends made one. A Problem where it is neither: which other it is, nobody says."""
    whole = marked(data)
    try:
        told = whole.decode("utf-16" if whole.startswith(UTF16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError as error:
        found = printable(data[max(error.start - 20, 0) : error.start + 20].decode("latin-1"))
        message = "the text is neither UTF-8 nor UTF-16, and a text says no charset; save it as UTF-8"
        return Problem(severity=Severity.INPUT, where=where, found=found, message=message)
    return told.replace("\r\n", "\n").replace("\r", "\n")


def garbled(told: str) -> str | None:
    """Why a name or text was hardly written like this, or None: its bytes were decoded in another encoding than theirs."""
    if "\ufffd" in told:
        return "it has characters that could not be decoded (�)"
    if told.isascii():
        return None
    for run in _LATIN_RUN.finditer(told):
        if _is_utf8_misread(run[0]):
            return f"{printable(run[0])!r} in it is UTF-8 read as Windows-1252"
    if len(_SIGNS.findall(told)) > _MOST_SIGNS:
        return "it has signs that no name has: another encoding read as Windows-1252"
    return None


def _is_utf8_misread(run: str) -> bool:
    """True where characters, put back into single bytes, are UTF-8 throughout."""
    raw = b""
    for char in run:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:  # the five bytes that Windows-1252 leaves open
            if ord(char) > 0xFF:
                return False
            raw += bytes([ord(char)])
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def in_doubt(reading: Reading) -> Reading:
    """The reading, with a problem for each name in it that was hardly written like this. The names stay as they are.

    Where the charset of the page is in doubt too, a notice of such a holder is nobody's: it is quarantined.
    """
    unsure = any(IN_DOUBT in p.message for p in reading.problems)
    found: list[Problem] = []
    kept: list[Read[Notice]] = []
    for read in reading.notices:
        notice = read.body
        named = (notice.holder.name, notice.holder.chinese, notice.holder.parent, notice.issuer_name)
        if all(not name or name.isascii() for name in (*named, *[link.name for link in notice.links])):
            kept.append(read)
            continue
        told = {
            "holder.name": notice.holder.name,
            "holder.chinese": notice.holder.chinese,
            "holder.parent": notice.holder.parent,
            "issuer_name": notice.issuer_name,
            **{f"links, {i}": link.name for i, link in enumerate(notice.links, 1)},
        }
        doubts = [
            _doubt(f"{read.locator}, {path}" if read.locator else path, name, why)
            for path, name in told.items()
            if name and (why := garbled(name))
        ]
        why = garbled(notice.holder.name)
        if unsure and why:
            found.append(
                Problem(
                    severity=Severity.INPUT,
                    where=f"{read.locator}, holder.name" if read.locator else "holder.name",
                    found=printable(notice.holder.name),
                    message=f"nobody can say who the holder is: {why}, and {IN_DOUBT}; save the page again as UTF-8",
                )
            )
            continue
        found += doubts
        kept.append(read)
    if not found:
        return reading
    return msgspec.structs.replace(reading, notices=tuple(kept), problems=(*reading.problems, *found))


def _doubt(where: str, name: str, why: str) -> Problem:
    message = f"a name in doubt: {why}. It is kept as it stands and may be someone known by another spelling"
    return Problem(severity=Severity.FIELD, where=where, found=printable(name), message=message)
