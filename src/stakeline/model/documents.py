"""A document: bytes that came from somewhere, named by their hash."""

import hashlib

import msgspec


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One document as it was handed to us.

    data: the bytes, untouched.
    name: where they came from, as a person would find them again ("notices/CS20221111E00123.html",
        "saved.zip!page2.html"). Not part of the document's identity: the same bytes under two names are one document.
    """

    data: bytes
    name: str

    @property
    def sha256(self) -> str:
        """The document's identity: SHA-256 of its bytes, 64 hex digits."""
        return hashlib.sha256(self.data).hexdigest()
