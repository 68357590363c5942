"""Seeded mutations: a number gives a document that is broken, mis-encoded or made to harm, the same one every time."""

import re
from collections.abc import Callable, Sequence
from random import Random

from stakeline.model.documents import Document

Mutator = Callable[[Random, bytes], bytes]

_TAG = re.compile(rb"<[^>]{1,400}>")
_ELEMENT = re.compile(rb"<(td|tr|span|table|a|font|p)\b[^>]{0,300}>.{0,2000}?</\1>", re.DOTALL | re.IGNORECASE)
_ROW = re.compile(rb"<tr\b.{0,4000}?</tr>|<tr\b.{0,4000}?(?=<tr|</table)", re.DOTALL | re.IGNORECASE)
_ID = re.compile(rb"""\bid=["']?([A-Za-z_0-9]+)["']?""")
_NUMBER = re.compile(rb"[0-9][0-9,.]{1,30}")
_TEXT = re.compile(rb"(?<=>)[^<>]{1,200}(?=<)")
_ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "big5",
    "gb18030",
    "latin-1",
    "cp1252",
    "utf-8-sig",
    "utf-7",
    "cp037",
)
ODD_NUMBERS = (
    "1e400", "1e5", "1" + "0" * 40, "9" * 5000, "-0", "-5", "(5)", "NaN", "Infinity", "-Infinity", "sNaN1", "1,2,3", "1.2.3",
    "--", "-", "0x10", "１２３", "８０,000", "٣٤٥", "1٠", "８０，０００，０００", "1_000", "+7", ".5", "5.", "0012", "1 000", "1\u00a0000",
    "1'000", "½", "²", "Ⅷ", "八千万", "0.0000000000000001", "100.01", "1e-9", "1,000,000,00", "00", "0.0", "1\u066b5", "∞",
    "80,000,000.00", "80.000.000", "TRUE", "=1+1", "1/0", "nil", "N/A", "80,000,000 (L)", "80,000,000(X)", "(L)80", "12/11/2022",
)  # fmt: skip
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2069\ufeff\u00ad\u0000\u0007\u001b\ue000\ufffd"
_ENTITIES = ("&#0;", "&#x0;", "&#56;", "&#x38;", "&#99999999999;", "&#xD800;", "&nbsp;", "&zwnj;", "&#8238;", "&amp;#56;", "&", "&;", "&#;", "&Tab;", "&comma;", "&period;", "&half;", "&#x202E;", "&lt;b&gt;")  # fmt: skip


def mutant(seed: int, originals: Sequence[Document]) -> tuple[str, Document]:
    """What was done, and the document: one original with one to three mutations, most often one."""
    dice = Random(seed)
    original = dice.choice(originals)
    data, done = original.data, [original.name]
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        mutate = dice.choice(_MUTATORS)
        data = mutate(dice, data)
        done.append(mutate.__name__)
    return f"{seed}: {' '.join(done)}", Document(data=data, name=f"{seed}-{original.name}")


def truncate(dice: Random, data: bytes) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def decapitate(dice: Random, data: bytes) -> bytes:
    return data[dice.randrange(len(data) + 1) :]


def flip_bytes(dice: Random, data: bytes) -> bytes:
    found = bytearray(data or b"\0")
    for _ in range(dice.choice((1, 2, 20, 300))):
        found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)


def insert_bytes(dice: Random, data: bytes) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.randbytes(dice.choice((1, 3, 50, 2000))) + data[at:]


def delete_bytes(dice: Random, data: bytes) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[at + dice.choice((1, 2, 10, 500, 3000)) :]


def drop_tag(dice: Random, data: bytes) -> bytes:
    return _somewhere(dice, _TAG, data, lambda _: b"")


def double_tag(dice: Random, data: bytes) -> bytes:
    return _somewhere(dice, _TAG, data, lambda tag: tag * dice.choice((2, 3, 1000)))


def drop_element(dice: Random, data: bytes) -> bytes:
    return _somewhere(dice, _ELEMENT, data, lambda _: b"")


def double_element(dice: Random, data: bytes) -> bytes:
    return _somewhere(dice, _ELEMENT, data, lambda element: element * dice.choice((2, 2, 50)))


def drop_row(dice: Random, data: bytes) -> bytes:
    return _somewhere(dice, _ROW, data, lambda _: b"")


def double_row(dice: Random, data: bytes) -> bytes:
    return _somewhere(dice, _ROW, data, lambda row: row * dice.choice((2, 2, 300)))


def thousands_of_rows(dice: Random, data: bytes) -> bytes:
    return _somewhere(dice, _ROW, data, lambda row: row * min(3000, 1_000_000 // len(row)))


def close_nothing(_dice: Random, data: bytes) -> bytes:
    return re.sub(rb"</(?:td|tr|span|table|a|font)>", b"", data, flags=re.IGNORECASE)


def swap_ids(dice: Random, data: bytes) -> bytes:
    names = sorted({match[1] for match in _ID.finditer(data)})
    if len(names) < 2:
        return data
    one, other = dice.sample(names, 2)
    return data.replace(one, b"\1").replace(other, one).replace(b"\1", other)


def same_ids(dice: Random, data: bytes) -> bytes:
    names = sorted({match[1] for match in _ID.finditer(data)})
    if len(names) < 2:
        return data
    one, other = dice.sample(names, 2)
    return re.sub(rb"\b" + other + rb"\b", one, data)


def nest_deeply(dice: Random, data: bytes) -> bytes:
    tag = dice.choice(
        (b"div", b"table><tr><td", b"span", b"b", b"font", b"ul><li", b"select", b"svg", b"template", b"math><mi")
    )
    return _within(dice, data, b"<" + tag + b">", dice.choice((10, 200, 3000, 30_000)))


def formatting_by_the_hundred(dice: Random, data: bytes) -> bytes:
    many = dice.choice((30, 400, 3000))
    return _within(dice, data, b"".join(b"<b a=%d>" % i for i in range(many)) + b"<p>x" * many, 1)


def giant_attribute(dice: Random, data: bytes) -> bytes:
    text = dice.choice(
        (b"x" * 300_000, b" a" * 100_000, b"&#56;" * 50_000, b" ".join(b"a%d=1" % i for i in range(30_000)))
    )
    return _somewhere(dice, _TAG, data, lambda tag: tag[:-1] + b' title="' + text + b'">' if dice.random() < 0.5 else tag[:-1] + b" " + text + b">")  # fmt: skip


def entity(dice: Random, data: bytes) -> bytes:
    def put(number: bytes) -> bytes:
        at = dice.randrange(len(number) + 1)
        return number[:at] + dice.choice(_ENTITIES).encode() + number[at:]

    return _somewhere(dice, _NUMBER, data, put, times=dice.choice((1, 5)))


def unseen_characters(dice: Random, data: bytes) -> bytes:
    def put(text: bytes) -> bytes:
        told = text.decode("utf-8", "replace")
        at = dice.randrange(len(told) + 1)
        return (told[:at] + "".join(dice.choices(_UNSEEN, k=dice.choice((1, 3)))) + told[at:]).encode(
            "utf-8", "replace"
        )

    return _somewhere(dice, _TEXT if dice.random() < 0.5 else _NUMBER, data, put, times=dice.choice((1, 10)))


def odd_number(dice: Random, data: bytes) -> bytes:
    return _somewhere(dice, _NUMBER, data, lambda _: dice.choice(ODD_NUMBERS).encode(), times=dice.choice((1, 1, 4)))


def other_digits(dice: Random, data: bytes) -> bytes:
    zero = dice.choice((0xFF10, 0x0660, 0x0966, 0x1D7CE))
    turned = {ord("0") + i: chr(zero + i) for i in range(10)}
    return _somewhere(dice, _NUMBER, data, lambda n: n.decode().translate(turned).encode(), times=dice.choice((1, 5)))


def markup_in_number(dice: Random, data: bytes) -> bytes:
    mark = dice.choice((b"<b>%s</b>", b"<br>%s", b"<!-- -->%s", b"<i/>%s", b"<span></span>%s", b"<wbr>%s", b"<script>1</script>%s", b"<style>9</style>%s", b"<del>%s</del>", b"<sup>%s</sup>", b"<td>%s", b"<textarea>%s</textarea>", b"<template>%s</template>", b"<svg><text>%s</text></svg>"))  # fmt: skip

    def put(number: bytes) -> bytes:
        at = dice.randrange(1, len(number))
        return number[:at] + mark % number[at : at + 1] + number[at + 1 :]

    return _somewhere(dice, _NUMBER, data, put, times=dice.choice((1, 4)))


def hide_elements(dice: Random, data: bytes) -> bytes:
    around = dice.choice(((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<!--[if IE]>", b"<![endif]-->"), (b"<script>", b"</script>"), (b"<template>", b"</template>"), (b"<noscript>", b"</noscript>"), (b"<textarea>", b"</textarea>"), (b"<svg><desc>", b"</desc></svg>"), (b"<div hidden>", b"</div>"), (b"<plaintext>", b""), (b"<select>", b"</select>"), (b"<title>", b"</title>")))  # fmt: skip
    return _somewhere(dice, _ELEMENT, data, lambda element: around[0] + element + around[1])


def add_to_head(dice: Random, data: bytes) -> bytes:
    more = dice.choice((b'<meta http-equiv="refresh" content="0;url=http://x/">', b'<base href="http://x/">', b'<meta charset="utf-16">', b'<meta charset="big5">', b'<meta charset="utf-7">', b"<script>document.write('<td>1')</script>", b"<frameset>", b"<?xml version='1.0' encoding='koi8-r'?>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<style>#lblDIssued{display:none}</style>"))  # fmt: skip
    return _somewhere(dice, re.compile(rb"<head>|\A"), data, lambda head: head + more)


def spanning_cells(dice: Random, data: bytes) -> bytes:
    span = dice.choice(
        (b'colspan="2"', b"colspan=99999999", b"rowspan=0", b"rowspan=3", b"colspan=-1", b"rowspan=65535")
    )
    return _somewhere(dice, re.compile(rb"<t[dh]\b"), data, lambda tag: tag + b" " + span, times=dice.choice((1, 5)))


def other_encoding(dice: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    found = text.encode(dice.choice(_ENCODINGS), dice.choice(("replace", "ignore", "xmlcharrefreplace")))
    return found if dice.random() < 0.7 else found + b"\xff\xfe\x80"


def wrong_charset(dice: Random, data: bytes) -> bytes:
    label = dice.choice((b"big5", b"gb2312", b"utf-16", b"iso-8859-1", b"rot13", b"zlib", b"utf-7", b"x" * 300))
    return data.replace(b"charset=utf-8", b"charset=" + label)


def two_in_one(dice: Random, data: bytes) -> bytes:
    other = re.sub(rb"80,000,000|1,067,240,018", b"90,000,000", data)
    return data + dice.choice((b"", b"\r\n", b"\0")) + other


def repeat_grid(dice: Random, data: bytes) -> bytes:
    return _somewhere(dice, re.compile(rb"<table\b.{0,6000}?</table>", re.DOTALL | re.IGNORECASE), data, lambda t: t * dice.choice((2, 40)))  # fmt: skip


def quotes_and_breaks(dice: Random, data: bytes) -> bytes:
    mark = dice.choice(
        (b'"', b"\n", b"\r", b"\0", b";", b"\t", b'""', b"=cmd()", b"\x1e", b"," * 300, b'"' + b"x" * 500_000 + b'"')
    )
    at = dice.randrange(len(data) + 1)
    return data[:at] + mark + data[at:]


def json_bomb(dice: Random, data: bytes) -> bytes:
    depth = dice.choice((100, 5000, 200_000))
    return dice.choice(
        (b"[" * depth, b'{"a":' * depth, b"[" * depth + b"]" * depth, b'{"rows":[' + data.hex().encode() + b"]}")
    )


def other_lines(dice: Random, data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(
        b"\n", dice.choice((b"\r", b"\r\n", b"\n\n", b"\x85", "\u2028".encode()))
    )


def _somewhere(
    dice: Random, pattern: re.Pattern[bytes], data: bytes, change: Callable[[bytes], bytes], *, times: int = 1
) -> bytes:
    """The data with some of what fits the pattern changed; as it was where nothing fits."""
    found = [match.span() for match in pattern.finditer(data)]
    for start, end in sorted(dice.sample(found, min(times, len(found))), reverse=True):
        data = data[:start] + change(data[start:end]) + data[end:]
    return data


def _within(dice: Random, data: bytes, more: bytes, times: int) -> bytes:
    at = dice.choice([match.end() for match in _TAG.finditer(data)] or [0])
    return data[:at] + more * times + data[at:]


_MUTATORS: tuple[Mutator, ...] = (
    truncate, truncate, decapitate, flip_bytes, insert_bytes, delete_bytes, drop_tag, double_tag, drop_element, double_element,
    drop_row, double_row, thousands_of_rows, close_nothing, swap_ids, same_ids, nest_deeply, formatting_by_the_hundred,
    giant_attribute, entity, unseen_characters, unseen_characters, odd_number, odd_number, other_digits, markup_in_number,
    markup_in_number, hide_elements, add_to_head, spanning_cells, other_encoding, wrong_charset, two_in_one, repeat_grid,
    quotes_and_breaks, json_bomb, other_lines,
)  # fmt: skip
