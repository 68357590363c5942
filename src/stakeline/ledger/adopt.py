"""A rebuilt ledger put in the place of the one that it was rebuilt from."""

import shutil
from pathlib import Path
from secrets import token_hex

import msgspec

from stakeline.ledger.disk import replace_durably, sync_file, sync_folder
from stakeline.ledger.home import ABOUT, About, Home, Pending
from stakeline.ledger.records import KeptDocument
from stakeline.ledger.schema import FORMAT
from stakeline.model.errors import LedgerError


def adopt(old: Home, had: list[KeptDocument], new: Home, has: list[KeptDocument]) -> None:
    """Copy table and packs of the new ledger beside the old ones, then name the new table in `stakeline.json`.

    That one replacement is the moment of change. Before it and after it, the note says what to sweep.
    """
    if {d.sha256 for d in had} != {d.sha256 for d in has}:
        raise LedgerError(f"{new.folder} does not hold the same documents as {old.folder}")
    about = About(format=FORMAT, table=f"table-{token_hex(4)}")
    table = old.folder / about.table
    packs = {d.pack for d in had} | {d.pack for d in has}
    folders = (old.table.name, about.table)
    old.note(Pending(stem=about.table, packs=tuple(sorted(packs)), folders=folders))
    for pack in {d.pack for d in has} - {d.pack for d in had}:
        shutil.copyfile(new.pack(pack), old.pack(pack))
        sync_file(old.pack(pack))
    sync_folder(old.archive)
    shutil.copytree(new.table, table)
    _sync_all(table)
    replace_durably(old.folder / ABOUT, msgspec.json.encode(about))


def _sync_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
        else:
            sync_file(path)
    sync_folder(folder)
    sync_folder(folder.parent)
