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
    """

    name: str
    kind: HolderKind | None = None
    chinese: str | None = None
    parent: str | None = None
    exchange: str | None = None


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


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one document says of one holder's interest in one class.

    regime: folder name of the regime whose law it answers to ("hk").
    form: which description of a form the fields were read by ("2", "list", "press"); with regime it names the boxes.
    serial: the regulator's number; None where the source gives none. source_id: the source's own row name then.
    issuer_code, issuer_name, share_class: the security as told ("00020", "SenseTime Group Inc. - B", "B").
    event_date, aware_date, signed_date: days on the form, in the market's time zone.
    known_from: since when it was public (UTC). None: the document does not tell. known_basis says how that is known.
    issued: shares of the class in issue as told (the denominator).
    before, after: totals per leg. before_company, after_company: the same as percent of all shares, where a source adds it.
    status, related: standing of the notice and the serial it relates to; remark: the words it was read from.
    text: supplementary information, the filer's words. confidence, doubt, cites: of sources that are not the form itself.
    associated: the corporation whose shares or debentures it is about, where that is not the listed company itself (Hong
        Kong's Forms 3B and 3D); share_class and issued are then that corporation's. debentures: what it says of
        debentures (Forms 3C and 3D). With either of the two nothing in it counts shares of the issuer: `own_shares`.
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

    @property
    def subject(self) -> str:
        """The security's issuer as told, "hk:00020": the name under which the ledger files the notice."""
        return f"{self.regime}:{self.issuer_code}"

    @property
    def own_shares(self) -> bool:
        """True where it is about shares of the issuer itself: only such notices may enter a timeline or a holding."""
        return self.associated is None and self.debentures is None

    def trade(self, leg: Leg) -> Trade | None:
        """The first event line of a leg."""
        return next((t for t in self.trades if t.leg is leg), None)
