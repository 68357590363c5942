"""The regimes: one folder for each jurisdiction, found by being there.

A folder offers `regime()`, `read(document)`, `quote(document, locator)` and, where it says which duties its notices answer
to, `answers(notice)`, of reports on portfolios `report_answers(head)`; adding or deleting one needs no other edit.
"""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import BinaryIO

import msgspec

from stakeline.model.documents import Document
from stakeline.model.errors import UnknownName
from stakeline.model.law import Box, Regime
from stakeline.model.notices import Notice
from stakeline.model.portfolios import ReportHead
from stakeline.model.problems import Problem
from stakeline.model.punctual import Answering
from stakeline.model.rows import Reading


def regimes() -> tuple[Regime, ...]:
    """All regimes, by code."""
    return tuple(module.regime() for module in _folders().values())


def regime(code: str) -> Regime:
    """The regime of a code ("hk"). Raises UnknownName."""
    module = _folders().get(code)
    if module is None:
        raise UnknownName(f"no regime {code!r}; there are: {', '.join(_folders())}")
    found: Regime = module.regime()
    return found


def read(document: Document) -> Reading | None:
    """What the first regime that recognises the document understood of it; None where none does.

    A folder may offer `read_at_once(document)`: of documents whose first bytes show that they are of this regime alone,
    what they say; None of all others. It is asked before any other regime looks at the document.
    """
    for reader in _readers():
        reading = reader(document)
        if reading is not None:
            return reading
    return None


def data_set(names: list[str]) -> Callable[[BinaryIO, str], Iterator[Document | Problem]] | None:
    """How to take a zip with files of these names apart into documents; None where no regime knows it as a data set."""
    for module in _folders().values():
        told = getattr(module, "data_set", None)
        split: Callable[[BinaryIO, str], Iterator[Document | Problem]] | None = told(names) if told else None
        if split is not None:
            return split
    return None


def answers(notice: Notice) -> Answering:
    """Which duty a notice answers to, and its days, as one document tells them; nothing where its regime does not say."""
    told = getattr(_folders().get(notice.regime), "answers", None)
    answering: Answering = told(notice) if told else Answering()
    return answering


def report_answers(head: ReportHead) -> Answering:
    """The same of a report on a portfolio."""
    told = getattr(_folders().get(head.subject.partition(":")[0]), "report_answers", None)
    answering: Answering = told(head) if told else Answering()
    return answering


def cite(regime: str, form: str, path: str) -> Box | None:
    """Where a form keeps a field: its own box, or the box around it ("after.long.percent", then "after").

    A number in the path is that of a row, where a form tells row by row: "I.3.price" is the box "I.price" of row 3.
    None where the regime, the form or the field is not known.
    """
    module = _folders().get(regime)
    boxes: dict[str, Box] = module.regime().forms.get(form, {}) if module else {}
    parts = path.split(".")
    rows = [part for part in parts if part.isdecimal()]
    path = ".".join(part for part in parts if not part.isdecimal())
    while path not in boxes and "." in path:
        path = path.rpartition(".")[0]
    box = boxes.get(path)
    if box is None or not rows:
        return box
    return msgspec.structs.replace(box, element=box.element.replace("{n}", rows[0]))


def quote(document: Document, locator: str) -> str | None:
    """The literal text that stands at a place of a document ("#lblDIssued", "row 3, column 6, long").

    None where no regime knows the document or it has no such place.
    """
    texts = (module.quote(document, locator) for module in _folders().values())
    return next((text for text in texts if text is not None), None)


@cache
def _folders() -> dict[str, ModuleType]:
    """The regime folders by code, imported once."""
    found = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.ispkg)
    return {name: import_module(f"{__name__}.{name}") for name in found}


@cache
def _readers() -> tuple[Callable[[Document], Reading | None], ...]:
    """Every way to read a document, in the order in which they are tried: those that know theirs at once come first."""
    modules = _folders().values()
    return (*(m.read_at_once for m in modules if hasattr(m, "read_at_once")), *(m.read for m in modules))
