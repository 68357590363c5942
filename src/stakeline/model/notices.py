"""The notice: what one document says of one holder's interest in one class of shares.

Everything here is as filed: the regulator's codes, the printed percentages, the filer's words. What we make of it stands
in other nouns. Legs (long, short, lending pool) are never netted and never added.
"""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from stakeline.model.numbers import Number


class Absent(StrEnum):
    """Why a figure is not there. A figure that the document has no place for at all is None instead."""

    NOT_DISCLOSED = "not disclosed"
    """There is a place for it and it is blank: absent by right, or left out."""
    NOT_APPLICABLE = "not applicable"
    """The document says that the question does not arise."""
    UNREADABLE = "unreadable"
    """Something stands there that is no such figure: a `Problem` says what."""


Amount = Number | Absent | None

BY_NAME = "name:"
"""How `Notice.issuer_code` begins where a document tells the issuer by name alone: "name:China Trends Holdings Ltd."."""


def is_by_name(subject: str) -> bool:
    """True for a subject that is an issuer's name alone: "hk:name:China Trends Holdings Ltd."."""
    return subject.partition(":")[2].startswith(BY_NAME)


class Leg(StrEnum):
    """The separate counts of one holder's interest in one class."""

    LONG = "long"
    SHORT = "short"
    POOL = "lending pool"
    """Part of the long position, reported on its own; never an addition to it."""


class Status(StrEnum):
    """What the document says of the notice's standing."""

    FILED = "filed"
    AMENDMENT = "amendment"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class HolderKind(StrEnum):
    """Who holds, as far as the form tells."""

    INDIVIDUAL = "individual"
    CORPORATION = "corporation"


class Holder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The holder as told.

    name: as filed, in whatever script (personal names as "Surname First Middle").
    chinese: the Chinese name where the document gives one beside the other.
    parent: the parent company as told (Form 2 box 14).
    exchange: where the holder or its parent is listed, as told (Form 2 box 13).
    code: the regulator's own number of the holder, where it gives one (EDGAR: the CIK in ten digits, "0001469419").
    address: as told, its parts joined by commas. roles: how the holder stands to the issuer, by the boxes ticked
        ("director", "officer", "10% owner", "other") or in the filer's words. title: the officer's title as told.
        other: what "other" means, as told.
    """

    name: str
    kind: HolderKind | None = None
    chinese: str | None = None
    parent: str | None = None
    exchange: str | None = None
    code: str | None = None
    address: str | None = None
    roles: tuple[str, ...] = ()
    title: str | None = None
    other: str | None = None


class Position(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One leg's total.

    shares: number of shares. percent: of the issued shares of the class, as printed.
    """

    leg: Leg
    shares: Amount = None
    percent: Amount = None


class Trade(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the event box: what happened to one leg.

    code: the regulator's reason code as filed ("1201"); told: the words of a source without codes ("disposal").
    shares: bought, sold or involved; unsigned. currency: ISO code as printed.
    highest, average: price per share on exchange. consideration: average per share off exchange. Both can be filled.
    price: the one average of a list page or report that does not say which of the two it is.
    nature: code of the nature of the consideration. venue: "on-exchange" or "off-exchange" where a source says so.
    amount: of debentures bought, sold or involved, in currency; unit_size: of one debenture. Prices are per unit then.
    """

    leg: Leg
    code: str | None = None
    told: str | None = None
    shares: Amount = None
    currency: str | None = None
    highest: Amount = None
    average: Amount = None
    consideration: Amount = None
    price: Amount = None
    value: Amount = None
    nature: str | None = None
    venue: str | None = None
    capacity_before: str | None = None
    capacity_after: str | None = None
    amount: Amount = None
    unit_size: Amount = None


class CodedShares(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Shares of one leg under one code: a capacity (2101 ...) or a kind of derivative (4101 ...)."""

    code: str
    leg: Leg
    shares: Amount = None


class LinkKind(StrEnum):
    """Through whom, or with whom, an interest is held."""

    CONTROLLED = "controlled corporation"
    FAMILY = "spouse or child under 18"
    JOINT = "jointly with"
    TRUST = "trust"
    AGREEMENT = "party to a section 317 agreement"
    DIRECTION = "person whose directions are followed"
    INDIRECT = "held indirectly"
    """Through whom the document says only in its own words ("By Trust")."""


class Link(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of the boxes that say through whom or with whom the shares are held.

    name: the other person. controller: who controls it, as told. percent: of control. direct: has it a direct interest.
    code: status code where the form has one. positions: the shares it accounts for, per leg; part of the total.
    """

    kind: LinkKind
    name: str
    address: str | None = None
    controller: str | None = None
    code: str | None = None
    percent: Amount = None
    direct: bool | None = None
    positions: tuple[Position, ...] = ()


class Associated(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The associated corporation that a notice is about, as told.

    name: None where the notice does not say. business_number, incorporation_number: its number of business registration
    and of its certificate of incorporation. place: where it was incorporated.
    """

    name: str | None = None
    business_number: str | None = None
    incorporation_number: str | None = None
    place: str | None = None


class Debentures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The debentures that a notice is about: amounts of money, never counts of shares.

    kind: the class of debentures as told. before, after: total amount held. rights: rows of the box about rights to
    subscribe for debentures, each as its texts from left to right; nobody interprets them.
    """

    kind: str | None = None
    before: Amount = None
    after: Amount = None
    rights: tuple[tuple[str, ...], ...] = ()


class LineKind(StrEnum):
    """What one row of a report tells."""

    TRANSACTION = "transaction"
    HOLDING = "holding"
    """What is held, with nothing that happened to it."""


# gc=False: rows and footnotes hold plain values only, so that no circle can be made of them; tens of thousands are held at a time.
class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One row of a report that tells row by row what happened and what is held then (the tables of Forms 3, 4 and 5).

    table: which of the form's tables ("I": the securities themselves, "II": derivatives). kind: transaction or holding.
    title: of the security, as told. day: of the transaction; deemed: the day on which it counts as executed, if told.
    code: the regulator's transaction code as filed ("S"). filed_as: the form that the row belongs to, as filed ("4", "5").
    swap: an equity swap is involved. timeliness: as filed ("E" early, "L" late). side: "A" acquired, "D" disposed of: which
        way the balance went, never whether it was bought or sold.
    shares: acquired, disposed of, unsigned; value: in money where the row counts no shares. price: in dollars, per unit.
    strike: conversion or exercise price of a derivative. exercisable, expires: its days. underlying, underlying_shares,
        underlying_value: what it is over.
    after, after_value: what is held of this security in this way after the transaction. held: "D" direct, "I" indirect;
        nature: of an indirect holding, as told ("By Trust").
    notes: (cell, numbers of footnotes) wherever a cell has a footnote: ("price", "F1 F2"). A cell that has nothing but a
        footnote is NOT_DISCLOSED (a day: None): unknown, never zero.
    """

    table: str
    kind: LineKind
    title: str | None = None
    day: date | None = None
    deemed: date | None = None
    code: str | None = None
    filed_as: str | None = None
    swap: bool | None = None
    timeliness: str | None = None
    side: str | None = None
    shares: Amount = None
    value: Amount = None
    price: Amount = None
    strike: Amount = None
    exercisable: date | None = None
    expires: date | None = None
    underlying: str | None = None
    underlying_shares: Amount = None
    underlying_value: Amount = None
    after: Amount = None
    after_value: Amount = None
    held: str | None = None
    nature: str | None = None
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def derivative(self) -> bool:
        """True for a row about derivatives: its figures count no shares that are held."""
        return self.table == "II"


class Footnote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One footnote of a report: the number that cells refer to ("F1") and its words."""

    id: str
    text: str


class Signature(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who signed, as told, and on which day. A signature is tied to no one of several holders."""

    name: str | None = None
    day: date | None = None
    title: str | None = None


class Sale(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A block of securities that a notice of a proposed sale names.

    title: of the class, as told. day: of the sale, about. shares: units to be sold, or sold; value: their market value, or
    the gross proceeds. issued: units outstanding, as told. venue: the exchange. through: broker or market maker, or
    the seller of a past sale, who may be another person whose sales count together. address: of that one.
    """

    title: str | None = None
    day: date | None = None
    shares: Amount = None
    value: Amount = None
    issued: Amount = None
    venue: str | None = None
    through: str | None = None
    address: str | None = None


class Lot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How securities that are to be sold were acquired. shares counts the lot acquired, not what is sold of it.

    how: the transaction, seller: from whom, paid: the nature of payment, all as told. gift: whether it was one;
    donor_day: when the donor had acquired them. paid_day: of payment.
    """

    title: str | None = None
    day: date | None = None
    how: str | None = None
    seller: str | None = None
    gift: bool | None = None
    donor_day: date | None = None
    shares: Amount = None
    paid_day: date | None = None
    paid: str | None = None


class Proposed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a notice of a proposed sale says (Form 144). Nothing in it is a sale that took place, but past.

    sales: what is to be sold, by class and broker. lots: how that was acquired. past: sold in the last three months; none:
    the box that says there were no such sales. plans: days on which a trading plan was adopted.
    """

    sales: tuple[Sale, ...] = ()
    lots: tuple[Lot, ...] = ()
    past: tuple[Sale, ...] = ()
    none: bool | None = None
    plans: tuple[date, ...] = ()


class Cover(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One reporting person's cover page of a Schedule 13D or 13G: rows as filed, in the order of the document.

    name, code: of the person. group: the box ticked, "a" (member of a group) or "b" (membership disclaimed). funds: codes of
    the source of funds. proceedings: the box on legal proceedings. citizenship: EDGAR's code or, before the XML, the words.
    sole_vote to shared_dispose: shares under each power. aggregate: beneficially owned; pages of several persons count
    the same shares again, so aggregates are never added up. excludes: the box that the aggregate leaves shares out.
    percent: of the class. types: codes of the kind of person, all of them. remark: the filer's comment.
    words: (row, what stands there) where it is more than the number: ("percent", "5.2% (2)").
    """

    name: str
    code: str | None = None
    group: str | None = None
    funds: tuple[str, ...] = ()
    proceedings: bool | None = None
    citizenship: str | None = None
    sole_vote: Amount = None
    shared_vote: Amount = None
    sole_dispose: Amount = None
    shared_dispose: Amount = None
    aggregate: Amount = None
    excludes: bool | None = None
    percent: Amount = None
    types: tuple[str, ...] = ()
    remark: str | None = None
    words: tuple[tuple[str, str], ...] = ()


class Item(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One numbered item of a schedule: "5(c)" and the filer's words. applies: False where its box says "not applicable"."""

    number: str
    text: str | None = None
    applies: bool | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one document says of one holder's interest in one class.

    regime: folder name of the regime whose law it answers to ("hk").
    form: which description of a form the fields were read by ("2", "list", "press"); with regime it names the boxes.
    serial: the regulator's number; None where the source gives none. source_id: the source's own row name then.
    issuer_code, issuer_name, share_class: the security as told ("00020", "SenseTime Group Inc. - B", "B").
    event_date, aware_date, signed_date: days on the form, in the market's time zone. aware_open: the document has a place for
        aware_date that was missing from it or could not be read, so that no day there does not mean none.
    known_from: since when it was public (UTC). None: the document does not tell. known_basis says how that is known.
    issued: shares of the class in issue as told (the denominator).
    before, after: totals per leg. before_company, after_company: the same as percent of all shares, where a source adds it.
    status, related: standing of the notice and the serial it relates to; remark: the words it was read from.
    text: supplementary information, the filer's words. confidence, doubt, cites: of sources that are not the form itself.
    associated: the corporation whose shares or debentures it is about, where that is not the listed company itself (Hong
        Kong's Forms 3B and 3D); share_class and issued are then that corporation's. debentures: what it says of
        debentures (Forms 3C and 3D). With either of the two nothing in it counts shares of the issuer: `own_shares`.
    symbol, foreign_symbol: the trading symbols as told, dirt included ("NYSE: CVX", "NONE"). joint: further holders who
        report the same shares in the same document, each once: one position, never added up. original_date: of an amendment
        that names no serial, the day of the filing that it amends. lines, footnotes: of a report that tells row by row;
        where there are lines the class is each line's, and `before`, `after`, `trades` are empty. plan: the box that says
        that a trading plan is behind a transaction (Rule 10b5-1(c)); it is of the document, not of a line. boxes: names of
        further boxes ticked ("notSubjectToSection16"). signatures: all. proposed: a notice of a proposed sale.
        schema: the version of the form's schema, as told.
    covers: the cover pages of all reporting persons. combined: how the one position in `after` follows from them, in words.
        items: the numbered items. cusips: of the class, as told. amendment: the number of an amendment. previous: the
        accession number that an amendment names as filed before, which it does not replace.
    """

    regime: str
    form: str
    issuer_code: str
    issuer_name: str | None = None
    share_class: str | None = None
    holder: Holder
    serial: str | None = None
    source_id: str | None = None
    event_date: date | None = None
    aware_date: date | None = None
    signed_date: date | None = None
    known_from: datetime | None = None
    known_basis: str | None = None
    issued: Amount = None
    trades: tuple[Trade, ...] = ()
    before: tuple[Position, ...] = ()
    after: tuple[Position, ...] = ()
    before_company: Amount = None
    after_company: Amount = None
    capacities: tuple[CodedShares, ...] = ()
    derivatives: tuple[CodedShares, ...] = ()
    links: tuple[Link, ...] = ()
    status: Status = Status.FILED
    related: str | None = None
    remark: str | None = None
    text: str | None = None
    confidence: str | None = None
    doubt: str | None = None
    cites: tuple[str, ...] = ()
    associated: Associated | None = None
    debentures: Debentures | None = None
    symbol: str | None = None
    foreign_symbol: str | None = None
    joint: tuple[Holder, ...] = ()
    original_date: date | None = None
    lines: tuple[Line, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    plan: bool | None = None
    boxes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    proposed: Proposed | None = None
    schema: str | None = None
    covers: tuple[Cover, ...] = ()
    combined: str | None = None
    items: tuple[Item, ...] = ()
    cusips: tuple[str, ...] = ()
    amendment: int | None = None
    previous: str | None = None
    aware_open: bool = False

    @property
    def subject(self) -> str:
        """The security's issuer as told, "hk:00020": the name under which the ledger files the notice."""
        return f"{self.regime}:{self.issuer_code}"

    @property
    def by_line(self) -> bool:
        """True where it tells its figures row by row, or is of a form that does and ticks a box instead."""
        return bool(self.lines or self.boxes) and not self.covers

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Everybody who reports in it: one position."""
        return (self.holder, *self.joint)

    @property
    def own_shares(self) -> bool:
        """True where it is about shares of the issuer itself: only such notices may enter a timeline or a holding."""
        return self.associated is None and self.debentures is None and self.proposed is None

    def trade(self, leg: Leg) -> Trade | None:
        """The first event line of a leg."""
        return next((t for t in self.trades if t.leg is leg), None)
