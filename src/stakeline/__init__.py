"""Stakeline reads shareholding disclosures and keeps a ledger of who held what, and when that became known."""

__version__ = "0.1.0"
