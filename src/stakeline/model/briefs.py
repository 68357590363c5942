"""The brief: sentences in which every figure is a `Figure`."""

from datetime import date, datetime

import msgspec

from stakeline.model.figures import Figure


class Mark(msgspec.Struct, frozen=True, kw_only=True, tag="figure"):
    """A figure in a sentence: the words printed for it, and the figure they stand for."""

    words: str
    figure: Figure


class Words(msgspec.Struct, frozen=True, kw_only=True, tag="words"):
    """Words of a sentence that hold no figure."""

    words: str


Part = Mark | Words


class Section(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A titled part of a brief. contrast: its figures stand on another base than the law's and are labelled so."""

    title: str
    sentences: tuple[tuple[Part, ...], ...]
    contrast: bool = False


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """One story, as of one day and as known at one moment.

    unknown: what a reader would ask and the ledger does not know. told_by: where the event was read.
    """

    event: str
    issuer: str
    headline: tuple[Part, ...]
    sections: tuple[Section, ...]
    unknown: tuple[str, ...]
    told_by: tuple[str, ...]
    on: date
    known: datetime
    zone: str

    def figures(self) -> tuple[Figure, ...]:
        """Every figure in the order of its first mark, each once."""
        parts = [*self.headline, *(p for s in self.sections for sentence in s.sentences for p in sentence)]
        return tuple({p.figure.id: p.figure for p in parts if isinstance(p, Mark)}.values())
