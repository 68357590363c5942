"""Full submissions, made by hand in the structure of the archive's .txt, the dissemination's .nc and old wrapped messages."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stakeline.model.documents import Document
from stakeline.model.problems import Problem
from stakeline.regimes import us
from stakeline.regimes.us import submissions
from stakeline.regimes.us.submissions import Named, Submission
from tests.us.made import form, read, sale, submission

XML = form(sale("1", "2", "3"))
NC = (
    b"""<SUBMISSION>
<ACCESSION-NUMBER>0001000001-26-000001
<TYPE>SCHEDULE 13D
<PUBLIC-DOCUMENT-COUNT>2
<PERIOD>20260330
<FILING-DATE>20260401
<SUBJECT-COMPANY>
<COMPANY-DATA>
<CONFORMED-NAME>EXAMPLE CORP
<CIK>0000093410
</COMPANY-DATA>
</SUBJECT-COMPANY>
<FILED-BY>
<COMPANY-DATA>
<CONFORMED-NAME>ROE HOLDINGS LLC
<CIK>7
</COMPANY-DATA>
</FILED-BY>
<DOCUMENT>
<TYPE>4
<SEQUENCE>1
<FILENAME>form4.xml
<DESCRIPTION>FORM 4
<TEXT>
<XML>
"""
    + XML
    + b"""</XML>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-24
<SEQUENCE>2
<FILENAME>poa.pdf
<TEXT>
<PDF>
begin 644 poa.pdf
M)5!$1BTQ+C0*)>+CS],*-"`P(&]B:CP/+TQI;F5A<FEZ960@,2],(#4P
`
end
</PDF>
</TEXT>
</DOCUMENT>
</SUBMISSION>
"""
)


def opened(data: bytes) -> Submission:
    problems: list[Problem] = []
    found = submissions.read(data, problems)
    assert not problems
    return found


def test_the_header_of_an_archived_submission() -> None:
    found = opened(submission(XML))
    header = found.header
    assert (header.form, header.accession, header.documents) == ("4", "0001000001-26-000001", 1)
    assert header.accepted == datetime(2026, 4, 1, 21, 0, tzinfo=UTC)
    assert (header.filed, header.period) == (date(2026, 4, 1), date(2026, 3, 30))
    assert header.parties == (
        Named(role="owner", name="ROE JANE", cik="0001000001"),
        Named(role="issuer", name="EXAMPLE CORP", cik="0000093410"),
    )
    (part,) = found.parts
    assert (part.kind, part.type, part.filename) == ("xml", "4", "form4.xml")
    assert found.content(part) == XML.strip()
    assert found.whole


def test_a_dissemination_file_and_its_parts() -> None:
    found = opened(NC)
    assert (found.header.form, found.header.filed) == ("SCHEDULE 13D", date(2026, 4, 1))
    assert found.header.parties == (
        Named(role="subject", name="EXAMPLE CORP", cik="0000093410"),
        Named(role="filer", name="ROE HOLDINGS LLC", cik="0000000007"),
    )
    assert [p.kind for p in found.parts] == ["xml", "uuencoded"]
    assert found.header.known_basis == "end of the day of filing in the header of the submission"
    (body,) = read(NC).notices
    assert body.body.serial == "0001000001-26-000001"


def test_a_privacy_enhanced_message_is_only_wrapping() -> None:
    wrapped = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\nOriginator-Name: webmaster@www.sec.gov\n\n"
    found = read(wrapped + submission(XML) + b"-----END PRIVACY-ENHANCED MESSAGE-----\n")
    assert found.notices[0].body.serial == "0001000001-26-000001"


def test_a_submission_that_stops_is_not_whole() -> None:
    assert not opened(submission(XML)[:-60]).whole
    assert not opened(NC[: NC.index(b"<TYPE>EX-24") - 11]).whole


def test_too_many_documents_are_said() -> None:
    problems: list[Problem] = []
    found = submissions.read(submission(XML) + b"<DOCUMENT></DOCUMENT>" * 3_000, problems)
    assert len(found.parts) == submissions.MOST_PARTS
    assert len(problems) == 1


@pytest.mark.parametrize("form_", ["10-K", "D"])
def test_other_forms_are_named_and_refused(form_: str) -> None:
    data = submission(b"<p>text</p>").replace(b"<XML>", b"").replace(b"TYPE:\t4", b"TYPE:\t" + form_.encode())
    found = read(data)
    assert found.quarantined == 1
    assert "does not say who holds what" in found.problems[0].message


def test_what_is_no_submission_is_left_to_others() -> None:
    for data in (b"", b"<html></html>", b"name,value\n1,2\n", b"<SEC"):
        assert us.read(Document(data=data, name="")) is None


def test_real_submissions_tell_who_and_when(samples: Path) -> None:
    """form4_kr_0000921895-25-001190.txt: a group of three; form4_1998_header.txt: tags amid lines with colons."""
    found = opened((samples / "us/form4/form4_kr_0000921895-25-001190.txt").read_bytes())
    assert [p.role for p in found.header.parties].count("owner") == 3
    old = opened((samples / "us/form4/form4_1998_header.txt").read_bytes()).header
    assert old.parties[1] == Named(role="owner", name="CANTALUPO JAMES R", cik="0001012325")
    wrapped = opened((samples / "us/sgml/privacy_enhanced_form-d_2009.txt").read_bytes())
    assert (wrapped.header.form, wrapped.header.filed) == ("D", date(2009, 3, 16))
    several = opened((samples / "us/sgml/multiple_filers_header.txt").read_bytes()).header
    assert len(several.parties) > 1
