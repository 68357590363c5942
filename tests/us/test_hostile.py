"""XML that is out to do harm: contained, quarantined with a reason, fast and small."""

import random
import time
import tracemalloc

import pytest

from stakeline.model.documents import Document
from stakeline.model.problems import Severity
from stakeline.model.rows import Reading
from stakeline.regimes import us
from tests.us.made import form, holding, option, owner, read, sale, submission

WHOLE = form(sale("40200", "213.3049", "8638") + holding("20", "By Trust"), option("40200", "0"))
BOMB = b"""<?xml version="1.0"?><!DOCTYPE ownershipDocument [<!ENTITY a "aaaaaaaaaa">%s]>
<ownershipDocument><documentType>&i;</documentType></ownershipDocument>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


def contained(data: bytes, seconds: float = 2.0, most: int = 256_000_000) -> Reading | None:
    """What is made of the bytes, within the time and memory that a document may cost."""
    tracemalloc.start()
    start = time.process_time()
    found = us.read(Document(data=data, name=""))
    took = time.process_time() - start
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < seconds
    assert peak < most
    assert found is None or len(found.notices) + found.quarantined == found.inputs
    return found


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><ownershipDocument/>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><ownershipDocument><remarks>&e;</remarks></ownershipDocument>',
        b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;]><ownershipDocument/>',
        b'<?xml-a > <a ?><!DOCTYPE x [<!ENTITY e "y">]><ownershipDocument><remarks>&e;</remarks></ownershipDocument>',
        b'<!-- <a --><!DOCTYPE x [<!ENTITY e "y">]><ownershipDocument><remarks>&e;</remarks></ownershipDocument>',
        b"<ownershipDocument>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</ownershipDocument>",
        b'<?xml version="1.0" encoding="UTF-7"?><ownershipDocument/>',
        b'<?xml version="1.0" encoding="UTF-16"?><ownershipDocument/>',
        b'<?xml version="1.0" encoding="cp037"?><ownershipDocument/>',
        WHOLE.replace(b"EXAMPLE CORP", b"EXAMPLE \x00CORP"),
        WHOLE.replace(b"EXAMPLE CORP", b"EXAMPLE \xff\xfeCORP"),
        WHOLE.replace(b"EXAMPLE CORP", b"EXAMPLE &nbsp; CORP"),
        WHOLE.replace(b"EXAMPLE CORP", b"E" * 11_000_000),
        form(holding("1") * 20_000),
        form(owners=owner() * 500),
        form(notes='<footnote id="F1">x</footnote>' * 5_000),
        WHOLE + WHOLE,
    ],
    ids=range(18),
)
def test_harm_is_quarantined(data: bytes) -> None:
    found = contained(data)
    assert found is not None
    assert not found.notices
    assert [p.severity for p in found.problems].count(Severity.INPUT) == 1


def test_a_document_type_in_words_is_no_document_type() -> None:
    found = read(form(sale("5", "1", "2")).replace(b"EXAMPLE CORP", b"<![CDATA[<!DOCTYPE x>]]>"))
    assert found.notices[0].body.issuer_name == "<!DOCTYPE x>"


def test_what_stands_in_the_wrong_group_is_not_read() -> None:
    moved = WHOLE.replace(b"<rptOwnerCity>AUSTIN</rptOwnerCity>", b"")
    moved = moved.replace(b"<isDirector>", b"<rptOwnerCity>AUSTIN</rptOwnerCity><isDirector>")
    found = read(moved)
    assert "AUSTIN" not in (found.notices[0].body.holder.address or "")
    assert [p.where for p in found.problems] == ["reportingOwner/reportingOwnerRelationship/rptOwnerCity"]


def test_a_million_elements_are_refused_before_they_are_parsed() -> None:
    data = b"<ownershipDocument>" + b"<a/>" * 1_500_000 + b"</ownershipDocument>"
    found = contained(data)
    assert found is not None
    assert "larger than" in found.problems[0].message


def test_a_million_attributes_and_references_are_contained() -> None:
    notes = "".join(f'<footnoteId id="F{n}"/>' for n in range(50_000))
    found = contained(form(sale("1", f"<value>2</value>{notes}", "3")))
    assert found is not None
    attributes = b" ".join(b'a%d="1"' % n for n in range(100_000))
    contained(WHOLE.replace(b"<remarks/>", b"<remarks " + attributes + b"/>"))


def test_many_unknown_elements_give_a_bounded_number_of_problems() -> None:
    found = contained(WHOLE.replace(b"<remarks/>", b"<x>1</x>" * 100_000), seconds=5)
    assert found is not None
    assert len(found.problems) == 101
    assert "are not named" in found.problems[-1].message
    assert len(found.notices) == 1


def test_a_cut_at_every_byte_is_quarantined_but_inside_the_last_tag() -> None:
    end = WHOLE.rindex(b"</ownershipDocument>")
    whole = read(WHOLE).notices
    for at in range(WHOLE.index(b"<ownershipDocument") + 19, len(WHOLE)):
        found = us.read(Document(data=WHOLE[:at], name=""))
        assert found is not None
        assert found.inputs == 1, at
        if at < end + 2:
            assert not found.notices, at
        else:
            assert found.notices == whole, at


def test_a_submission_cut_at_every_byte_never_tells_half() -> None:
    data = submission(WHOLE)
    whole = read(data).notices
    for at in range(200, len(data), 7):
        found = us.read(Document(data=data[:at], name=""))
        if found is not None:
            assert found.inputs == 1, at
            assert not found.notices or found.notices[0].body.lines == whole[0].body.lines, at


def test_changed_bytes_never_raise() -> None:
    dice = random.Random(11)
    for _ in range(1_500):
        data = bytearray(submission(WHOLE) if dice.random() < 0.3 else WHOLE)
        for _ in range(dice.randrange(1, 6)):
            at = dice.randrange(len(data))
            choice = dice.random()
            if choice < 0.4:
                data[at] = dice.randrange(256)
            elif choice < 0.7:
                del data[at : at + dice.randrange(1, 60)]
            else:
                data[at:at] = data[dice.randrange(len(data)) :][: dice.randrange(80)]
        found = us.read(Document(data=bytes(data), name=""))
        assert found is None or found.inputs >= 1


def test_a_value_in_a_value_is_not_read_as_one() -> None:
    odd = form(sale("1", "<value>5<value>6</value></value>", "3"))
    found = read(odd)
    assert found.problems


def test_blanks_before_the_declaration_are_read_and_said() -> None:
    found = read(b"\n  " + WHOLE)
    assert len(found.notices) == 1
    assert found.problems[0].severity is Severity.NOTE
