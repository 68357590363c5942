"""A ledger as evidence for the checker: what was public of an article's claims on its day, and never another article's word.

evidence   `Outside`: what the checker asks, claim by claim       whose    of which issuer a claim is, and whether it may be another's
article    the article that is asked about                        issuers  what was known of an issuer on a day
names      names of articles as issuers and holders               told     that, and its figures as facts to compare with

stakes     notices on a holder's trades     events, notices, doubts   which one is meant; what it says; what else a figure may be
prices     prices, share counts, worth      lines, words              results; which line and period of them a claim is of

An issuer or holder counts as found where its name, without what every company is called (Group, Holdings, Ltd, 集團), is that
of exactly one in the ledger. Ambiguous or unknown names give no evidence: a likeness is never an answer.
"""

from stakeline.workflows.outside.evidence import Outside

__all__ = ["Outside"]
