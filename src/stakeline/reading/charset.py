"""Characters: which encoding bytes are in where they say so themselves, and text that was decoded wrongly.

Nothing is guessed. A byte order mark says UTF-16, and so do the zero bytes beside every plain letter; UTF-8 proves itself,
because text in another encoding is hardly ever valid UTF-8. Everything else has to be declared; where the declaration
makes no sense of a page, the one encoding proves itself in which the forms' own Chinese words stand there.
"""

import codecs
import re

import msgspec

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Reading

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
_HIGH = re.compile(rb"[\x80-\xff]")
_MANY = 4
"""Bytes beyond plain letters. A name with one accent or two is no reason to look for Chinese words."""
_VOCABULARY = re.compile("[好淡][倉仓]|股份|權益|权益|披露|通知|日期|名稱|名称|姓名|百分|持有|主板|證券|证券")
"""Words of the register's forms and lists, in both scripts."""
IN_DOUBT = "the charset is in doubt"
_LATIN_RUN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}"
)
_SIGNS = re.compile("[\u0080-\u009f¢£¤¥¦§¨¬¯±´µ¶¸¹²³¼½¾¿ÐÞ×÷]")
_MOST_SIGNS = 1


def utf16_unmarked(data: bytes) -> str | None:
    """The byte order of UTF-16 without a byte order mark ("utf-16-le"), told by the zero bytes of its plain letters."""
    start = data[:_LOOKED_AT]
    even, odd = start[::2], start[1::2]
    if len(odd) < 4 or start.startswith(UTF16_MARKS):
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
    if bom is not None:
        told = _strictly(data, bom)
        if told is not None:
            return told.encode("utf-8", "replace"), ()
        return _replaced(data, bom, bom, Severity.NOTE, "")
    declared = _DECLARED.search(data, 0, _LOOKED_AT)
    name = declared[1].decode().lower() if declared else "utf-8"
    encoding = _PAGES.get(name, "utf-8")
    # Pairs of bytes alone may be UTF-8 by chance in a page that declares two bytes a character; threes are not.
    if (encoding not in _CHINESE or _THREE.search(data)) and _strictly(data, "utf-8") is not None:
        return data, ()
    told = _strictly(data, encoding)
    if told is not None and (_words(told) or len(_HIGH.findall(data, 0, _MANY * 100)) < _MANY):
        return told.encode("utf-8", "replace"), ()
    others = [(found, other) for other in _CHINESE if (found := _strictly(data, other)) is not None and _words(found)]
    if others:
        best, other = max(others, key=lambda o: _words(o[0]))
        say = f"its Chinese words are in {other}; read as that, not as {name}"
        note = Problem(severity=Severity.NOTE, where="page", found=_bare(declared), message=say)
        return best.encode("utf-8", "replace"), (note,)
    if told is not None:
        return told.encode("utf-8", "replace"), ()
    loose = data.decode(encoding, "replace")
    if _words(loose):
        return _replaced(data, encoding, name, Severity.NOTE, "")
    return _replaced(data, encoding, name, Severity.FIELD, f"; {IN_DOUBT}")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _words(told: str) -> int:
    """How often words stand there that the forms and lists print in Chinese."""
    return len(_VOCABULARY.findall(told))


def _bare(declared: re.Match[bytes] | None) -> str:
    return printable(declared[0].decode("latin-1")) if declared else ""


def _replaced(
    data: bytes, encoding: str, name: str, severity: Severity, more: str
) -> tuple[bytes, tuple[Problem, ...]]:
    """The page with a � for what does not fit, and the first place where that is."""
    try:
        return data.decode(encoding).encode("utf-8", "replace"), ()
    except UnicodeDecodeError as error:
        problem = Problem(
            severity=severity,
            where=f"byte {error.start}",
            found=printable(data[max(error.start - 20, 0) : error.start + 20].decode("latin-1")),
            message=f"the page does not decode as {name}; unreadable characters are marked �{more}",
        )
        return data.decode(encoding, "replace").encode("utf-8", "replace"), (problem,)


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
    """The reading, with a problem for each name in it that was hardly written like this. The names stay as they are."""
    found: list[Problem] = []
    for read in reading.notices:
        notice = read.body
        told = {
            "holder.name": notice.holder.name,
            "holder.chinese": notice.holder.chinese,
            "holder.parent": notice.holder.parent,
            "issuer_name": notice.issuer_name,
            **{f"links, {i}": link.name for i, link in enumerate(notice.links, 1)},
        }
        for path, name in told.items():
            why = garbled(name) if name else None
            if why is not None:
                where = f"{read.locator}, {path}" if read.locator else path
                message = (
                    f"a name in doubt: {why}. It is kept as it stands and may be someone known by another spelling"
                )
                found.append(
                    Problem(severity=Severity.FIELD, where=where, found=printable(name or ""), message=message)
                )
    if not found:
        return reading
    return msgspec.structs.replace(reading, problems=(*reading.problems, *found))
