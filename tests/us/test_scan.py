"""A form read without a tree says what the tree says, or is left to the parser."""

import os
import re
from pathlib import Path
from random import Random

import pytest

from stakeline.model.problems import Problem
from stakeline.reading import runs
from stakeline.regimes.us import readers, scan
from stakeline.regimes.us.elements import bare, parse, unspaced
from stakeline.regimes.us.layouts import Walk, layout
from tests.us import made, made_13dg
from tests.us.test_proposed import form as proposed

PERSON = made_13dg.person("One Partners LP", aggregate="740000", percent="5.3")
FORMS = {
    "Form 4": made.form(
        made.sale("40200", '<footnoteId id="F1"/>', "8638")
        + made.sale("1.5", '<value>0.25</value><footnoteId id="F1"/><footnoteId id="F2"/>', "8637")
        + made.holding("12", "By Trust"),
        made.option("40200", "0"),
        notes='<footnote id="F1">Between $1 &amp; $2.</footnote><footnote id="F2">A&#160;note.\n Two lines.</footnote>',
    ),
    "Form 4 of two": made.form(owners=made.owner() + made.owner("DOE JOHN", "1000002")),
    "Schedule 13D": made_13dg.schedule_13d(PERSON, PERSON),
    "Form 144": proposed(),
    "Schedule 13D, spaces of its own": made_13dg.schedule_13d(PERSON).replace(
        b"<com:street1>1 Main St</com:street1>", b'<street1 xmlns="http://www.sec.gov/edgar/common">1 Main St</street1>'
    ),
}
BITS = [
    "<x/>",
    "</value>",
    "<value>",
    "&",
    "&amp;",
    "&#8;",
    "<",
    ">",
    "<!-- c -->",
    "<![CDATA[c]]>",
    "1",
    "\r\n",
    "\u00a0",
    "\0",
    '"',
]


def both(data: bytes) -> bool:
    """True where the form was read without a tree; it is then what the tree says, and nothing was wrong."""
    plain, space = unspaced(bare(data, []))
    found = scan.records(plain, space, readers._AT_ONCE)
    if found is None:
        return False
    problems: list[Problem] = []
    root = parse(plain, readers.LARGEST, problems)
    assert not isinstance(root, Problem)
    tag = space + root.tag
    assert found == (tag, Walk(problems).records(root, layout(readers.KINDS[tag].layout)))
    assert not problems
    return True


@pytest.mark.parametrize("name", FORMS)
def test_plain_forms_need_no_tree(name: str) -> None:
    assert both(FORMS[name])
    assert both(FORMS[name].replace(b"\n", b"\r\n"))
    assert both(b"\xef\xbb\xbf" + FORMS[name])
    assert both(b"\n " + re.sub(rb">\s*<(?=/?[a-z]+[I>])", b"> <!-- A: B -->\n<", FORMS[name]))
    assert both(re.sub(rb">\s*<(?![/?])", b">\n\t <", FORMS[name]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<remarks/>", b"<remarks/><unknown/>"),
        (b"<remarks/>", b"<remarks/><remarks>1</remarks><remarks>2</remarks>"),
        (b"<remarks/>", b"<remarks>1 <!-- a comment --> 2</remarks>"),
        (b"<remarks/>", b"<remarks/><!-- a -- comment -->"),
        (b"<remarks/>", b"<remarks><![CDATA[words]]></remarks>"),
        (b"<remarks/>", b"<remarks/><?pi?>"),
        (b"<remarks/>", b"<remarks/>stray"),
        (b"<remarks/>", b"<remarks>a > b</remarks>"),
        (b"<remarks/>", b"<remarks>&#8;</remarks>"),
        (b"<remarks/>", b"<remarks>&nbsp;</remarks>"),
        (b"<remarks/>", b"<remarks>a\x08</remarks>"),
        (b"<remarks/>", b"<remarks>\xff</remarks>"),
        (b"<remarks/>", b"<remarks>\xef\xbf\xbf</remarks>"),
        (b"<remarks/>", b"<c:remarks/>"),
        (b"<remarks/>", b'<remarks xmlns="http://else">1</remarks>'),
        (b"<remarks/>", b'<remarks xmlns="">1</remarks>'),
        (b"<remarks/>", b'<remarks a="1" a="2"/>'),
        (b"<remarks/>", b"<remarks a='<'/>"),
        (b"<remarks/>", b"<remarks>1</Remarks>"),
        (b"</ownershipDocument>", b""),
        (b"</ownershipDocument>", b"</ownershipDocument><more/>"),
        (b"</ownershipDocument>", b"</ownershipDocument>\xc2\xa0"),
        (b"</ownershipDocument>", b"</ownershipDocument"),
        (b"<ownershipDocument>", b'<ownershipDocument version="1">'),
        (b"<ownershipDocument>", b"<!DOCTYPE a><ownershipDocument>"),
        (b'<?xml version="1.0"?>', b'<!-- c --><?xml version="1.0"?>'),
        (b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="windows-1252"?>'),
        (b"<value>40200</value>", b"<value>40,200</value>"),
        (b"<value>40200</value>", b"<value>1</value><value>2</value>"),
        (b"<value>40200</value>", b"<value><value>1</value></value>"),
        (b"<value>40200</value>", b"40200"),
        (b"<isDirector>1<", b"<isDirector>maybe<"),
        (b"2026-03-30", b"30 March"),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_parser(old: bytes, new: bytes) -> None:
    data = made.form(made.sale("40200", "1", "2"))
    assert old in data
    assert both(data)
    assert not both(data.replace(old, new, 1))


@pytest.mark.parametrize("name", FORMS)
def test_changed_forms_say_the_same_or_are_left(name: str) -> None:
    """Elements doubled, moved and torn, and bits of markup put anywhere."""
    agreed = sum(both(changed(FORMS[name], Random(f"{name} {seed}"))) for seed in range(400))
    assert agreed > 10  # what is doubled or put in is often allowed


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40))
def test_many_changed_forms_say_the_same_or_are_left(seed: int) -> None:
    random = Random(seed)
    for _ in range(1_500):
        both(changed(random.choice([*FORMS.values()]), random))


def changed(data: bytes, random: Random) -> bytes:
    """A form with one or two changes."""
    text = data.decode()
    for _ in range(random.randint(1, 2)):
        marks = [m.start() for m in re.finditer("<", text)] or [0]
        one, other, to = sorted(random.choices(marks, k=2)), random.choice(marks), random.randrange(len(text) + 1)
        match random.randrange(5):
            case 0:
                text = text[:to] + random.choice(BITS) + text[to:]
            case 1:
                text = text[: one[0]] + text[one[1] :]
            case 2:
                text = text[:other] + text[one[0] : one[1]] + text[other:]
            case 3:
                whole = re.compile(r"<(\w+)[^<>]*>(?:(?!<\1)[\s\S])*?</\1>").search(text, other)
                text = text[: whole.end()] + whole[0] + text[whole.end() :] if whole else text
            case _:
                text = text[:other] + random.choice(BITS) + text[other:]
    return text.encode()


@pytest.mark.skipif("STAKELINE_SAMPLES" not in os.environ, reason="STAKELINE_SAMPLES is unset: no real files to read")
def test_real_forms_say_the_same_or_are_left() -> None:
    folder = Path(os.environ["STAKELINE_SAMPLES"]) / "us"
    files = [
        p for kind in ("form3", "form4", "form5", "form144", "sc13d", "sc13g") for p in (folder / kind).glob("*.xml")
    ]
    assert len(files) > 60
    left = [p.name for p in files if not both(p.read_bytes())]
    assert len(left) < 5, left  # torn ones


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_memory", runs.Memory({}))
    monkeypatch.setattr(runs, "_MOST_KNOWN", 10_000)
    for number in range(500):
        data = made.form(notes=f'<footnote id="F{number}">{number}</footnote>')
        assert both(data)
        assert scan._memory.size < 15_000
