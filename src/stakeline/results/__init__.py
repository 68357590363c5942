"""Results of an issuer and of its peers: this period, the one before, and what changed."""

from stakeline.results.peers import peers
from stakeline.results.statements import results

__all__ = ["peers", "results"]
