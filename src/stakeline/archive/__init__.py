"""Raw documents, kept whole and named by their hash."""

from stakeline.archive.packs import Held, Index, Pack, PackWriter, pack_faults, read_document, read_index, read_pack

__all__ = ["Held", "Index", "Pack", "PackWriter", "pack_faults", "read_document", "read_index", "read_pack"]
