"""The briefs that were made from a ledger, kept beside it so that `why` can follow a footnote later.

They are copies of answers, no part of the ledger: deleting the folder loses nothing but the memory of printed footnotes.
"""

import hashlib
import os
from pathlib import Path

import msgspec

from stakeline.briefs import find_figure, tree
from stakeline.model.briefs import Brief
from stakeline.model.errors import ReadError, UnknownName
from stakeline.model.figures import Figure

FOLDER = "printed"


def keep(ledger: Path, brief: Brief) -> None:
    """Keep a brief for `why`. Each file opens with the ids of all its figures, so that a search reads little."""
    data = msgspec.json.encode(brief)
    ids = " ".join(sorted({f.id for top in brief.figures() for f in tree(top)}))
    folder = ledger / FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / f"{hashlib.sha256(data).hexdigest()[:20]}.json"
    draft = target.with_suffix(f".{os.getpid()}.new")
    draft.write_bytes(ids.encode() + b"\n" + data)
    draft.replace(target)


def find(ledger: Path, figure_id: str) -> tuple[Figure, str]:
    """The figure of a printed footnote, and the time zone of its brief's market. UnknownName where no brief kept here has it."""
    needle = figure_id.lower().encode()
    for path in sorted((ledger / FOLDER).glob("*.json")):
        with path.open("rb") as file:
            if needle not in file.readline().split():
                continue
            return _in(msgspec.json.decode(file.read(), type=Brief), figure_id)
    raise UnknownName(
        f"no brief made from this ledger has a figure {figure_id}. Make the brief again, or name one with --in FILE.json "
        "(written by `brief --format json`)."
    )


def find_in(file: str, figure_id: str) -> tuple[Figure, str]:
    """The figure of a footnote in a brief that was written as JSON, and the time zone of that brief's market."""
    try:
        brief = msgspec.json.decode(Path(file).read_bytes(), type=Brief)
    except (OSError, msgspec.DecodeError) as error:
        raise ReadError(f"{file} is no brief written by `brief --format json`: {error}") from error
    return _in(brief, figure_id)


def _in(brief: Brief, figure_id: str) -> tuple[Figure, str]:
    figure = find_figure(brief, figure_id)
    if figure is None:
        raise UnknownName(f"that brief has no figure {figure_id}")
    return figure, brief.zone
