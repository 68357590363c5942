"""Form 144 from documents made by hand in the structure of the SEC's schema (eis_Form_144_Ownership.xsd)."""

from datetime import date
from decimal import Decimal

import pytest

from stakeline.model.documents import Document
from stakeline.model.notices import Absent, Status
from stakeline.model.numbers import Number
from stakeline.model.problems import Severity
from stakeline.regimes import cite, us
from tests.us.made import notice, read

_SALE = """<securitiesInformation><securitiesClassTitle>Common</securitiesClassTitle>
<brokerOrMarketmakerDetails><name>Example Brokers LLC</name><address><c:street1>1 Main St</c:street1><c:city>Austin</c:city>
<c:stateOrCountry>TX</c:stateOrCountry><c:zipCode>78701</c:zipCode></address></brokerOrMarketmakerDetails>
<noOfUnitsSold>4000</noOfUnitsSold><aggregateMarketValue>{value}</aggregateMarketValue>
<noOfUnitsOutstanding>1000000</noOfUnitsOutstanding><approxSaleDate>02/20/2026</approxSaleDate>
<securitiesExchangeName>NYSE</securitiesExchangeName></securitiesInformation>"""


def form(*, kind: str = "144", live: str = "LIVE", more: str = "", sales: str = "", value: str = "100.50") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<edgarSubmission xmlns="http://www.sec.gov/edgar/ownership" xmlns:c="http://www.sec.gov/edgar/common">
<headerData><submissionType>{kind}</submissionType>{more}<filerInfo><filer><filerCredentials><cik>0001000001</cik>
<ccc>XXXXXXXX</ccc></filerCredentials></filer><liveTestFlag>{live}</liveTestFlag></filerInfo></headerData>
<formData><issuerInfo><issuerCik>93410</issuerCik><issuerName>EXAMPLE CORP</issuerName><issuerAddress><c:street1>x</c:street1></issuerAddress>
<nameOfPersonForWhoseAccountTheSecuritiesAreToBeSold>JANE ROE</nameOfPersonForWhoseAccountTheSecuritiesAreToBeSold>
<relationshipsToIssuer><relationshipToIssuer>Officer</relationshipToIssuer></relationshipsToIssuer></issuerInfo>
{sales or _SALE.format(value=value)}
<securitiesToBeSold><securitiesClassTitle>Common</securitiesClassTitle><acquiredDate>01/02/2020</acquiredDate>
<natureOfAcquisitionTransaction>Gift</natureOfAcquisitionTransaction><isGiftTransaction>Y</isGiftTransaction>
<donarAcquiredDate>05/06/2010</donarAcquiredDate><amountOfSecuritiesAcquired>9000</amountOfSecuritiesAcquired>
<natureOfPayment>None</natureOfPayment></securitiesToBeSold>
<nothingToReportFlagOnSecuritiesSoldInPast3Months>Y</nothingToReportFlagOnSecuritiesSoldInPast3Months>
<noticeSignature><noticeDate>02/20/2026</noticeDate><planAdoptionDates><planAdoptionDate>11/21/2025</planAdoptionDate>
</planAdoptionDates><signature>/s/ Jane Roe</signature></noticeSignature></formData></edgarSubmission>""".encode()


def test_every_field_of_a_notice() -> None:
    told = notice(form())
    assert (told.form, told.subject, told.issuer_name) == ("144", "us:0000093410", "EXAMPLE CORP")
    assert (told.holder.name, told.holder.code, told.holder.roles) == ("JANE ROE", "0001000001", ("Officer",))
    assert told.signed_date == date(2026, 2, 20)
    assert told.proposed is not None
    (planned,) = told.proposed.sales
    assert (planned.shares, planned.value) == (Number(Decimal(4000)), Number(Decimal("100.50")))
    assert (planned.through, planned.address) == ("Example Brokers LLC", "1 Main St, Austin, TX, 78701")
    (lot,) = told.proposed.lots
    assert (lot.gift, lot.donor_day, lot.shares) == (True, date(2010, 5, 6), Number(Decimal(9000)))
    assert (told.proposed.none, told.proposed.plans) == (True, (date(2025, 11, 21),))
    assert not told.own_shares


def test_the_prefix_means_nothing() -> None:
    told = form()
    prefixed = told.replace(b"<c:", b"<ns9:").replace(b"</c:", b"</ns9:").replace(b"xmlns:c=", b"xmlns:ns9=")
    assert notice(prefixed) == notice(told)


def test_another_namespace_is_another_form() -> None:
    found = read(form().replace(b"gov/edgar/ownership", b"gov/edgar/elsewhere"))
    assert found.quarantined == 1
    assert not found.notices


def test_an_amendment_names_the_notice() -> None:
    more = "<previousAccessionNumber>0001000001-26-000001</previousAccessionNumber>"
    told = notice(form(kind="144/A", more=more))
    assert (told.status, told.related) == (Status.AMENDMENT, "0001000001-26-000001")
    found = read(form(kind="144/A", more="<previousAccessionNumber>last one</previousAccessionNumber>"))
    assert found.notices[0].body.related is None
    assert found.problems[0].severity is Severity.FIELD


@pytest.mark.parametrize(("text", "words"), [("TEST", "a test filing"), ("test", "a test filing")])
def test_a_test_filing_reports_nothing(text: str, words: str) -> None:
    found = read(form(live=text))
    assert found.quarantined == 1
    assert words in found.problems[0].message


def test_a_value_that_is_none_is_unreadable() -> None:
    found = read(form(value="25.24 billion"))
    assert found.notices[0].body.proposed is not None
    assert found.notices[0].body.proposed.sales[0].value is Absent.UNREADABLE
    assert found.problems[0].where == "formData/securitiesInformation/aggregateMarketValue"


def test_too_many_blocks_are_quarantined() -> None:
    found = read(form(sales=_SALE.format(value="1") * 500))
    assert found.quarantined == 1


def test_places_are_found_again() -> None:
    document = Document(data=form(sales=_SALE.format(value="1") + _SALE.format(value="2.50")), name="")
    box = cite("us", "144", "sales.2.value")
    assert box is not None
    assert us.quote(document, box.element) == "2.50"
