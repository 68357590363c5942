"""Of which issuer a claim is, what the ledger says of it, and whether it may be right of another party that the article names."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from stakeline import registry
from stakeline.checks.evidence import Known
from stakeline.model.claims import Claim
from stakeline.workflows.outside import doubts, lines, prices, stakes
from stakeline.workflows.outside.article import Article
from stakeline.workflows.outside.names import of_holder
from stakeline.workflows.outside.told import Told, agreeing, agrees, sentence_at

About = Callable[[str | None], Told | None]
"""From a name of the article to what was known of the issuer that it means."""

_ROOMS = (stakes.known, prices.known, lines.known)


def answers(told: Told, claim: Claim, article: Article) -> Iterator[Iterable[Known]]:
    """What each kind of evidence that speaks of such claims says of one."""
    near = article.near(claim)
    found = (room(told, claim, near, article.text) for room in _ROOMS)
    return (facts for facts in found if facts is not None)


def issuer_of(claim: Claim, article: Article, about: About) -> Told | None:
    """What was known of a claim's issuer; where the article is not read as naming one, of the only one in it that knows the holder."""
    found = about(claim.issuer)
    if not claim.holder:
        return found
    if found is not None:
        return _in_sentence(found, claim, article, about) or found
    # Of a name read in part: Genomics of 10x Genomics.
    part = f" {registry.normal(claim.issuer)} " if claim.issuer else " "
    implied = [i.name for i in article.issuers if any(part in f" {registry.normal(n)} " for n in (i.name, *i.names))]
    return _knowing(implied, claim.holder, about)


def _in_sentence(found: Told, claim: Claim, article: Article, about: About) -> Told | None:
    """The one issuer that the sentence of a figure names and that knows its holder, where the issuer read is not named in it and does not."""
    holder = claim.holder or ""
    if claim.kind not in stakes.KINDS or of_holder(found, holder):
        return None
    sentence = article.text[slice(*sentence_at(article.text, claim.found.start))]
    named = article.named_in(sentence) if sentence.strip() else []
    if any(i.subject == found.issuer.subject for i in named):
        return None
    return _knowing([i.name for i in named], holder, about)


def _knowing(names: Iterable[str], holder: str, about: About) -> Told | None:
    """The only one of several issuers that has a holder of a name."""
    told = [t for name in names if (t := about(name)) is not None and of_holder(t, holder)]
    return told[0] if len(told) == 1 else None


def is_anothers(told: Told, claim: Claim, facts: Sequence[Known], article: Article, about: About) -> bool:
    """Whether a figure that is wrong of its issuer or holder is right of another one that the article names.

    Which of several parties a figure is of is the hardest thing to read: then nobody is accused.
    """
    if not facts or agreeing(claim, facts):
        return False
    if claim.kind in stakes.KINDS and doubts.is_of_another(told, claim, article.text):
        return True
    if claim.found.unit == "shares" and agreeing(claim, prices.counts(told)):
        return True  # a count of all shares
    for name in dict.fromkeys((*article.others, *(i.name for i in article.issuers))):
        other = about(name) if name != claim.issuer else None
        if other is None:
            continue
        found = answers(other, msgspec.structs.replace(claim, issuer=name), article)
        if any(agrees(claim, k) for facts in found for k in facts):
            return True
    return False
