"""What loaded documents say differently of one notice: problems that no document shows by itself."""

from stakeline import regimes, registry
from stakeline.ledger import KeptProblem, Ledger
from stakeline.model.problems import Problem, Severity, quote
from stakeline.workflows import knowledge


def contradictions(ledger: Ledger) -> list[KeptProblem]:
    """Contradictions between reports of one notice (a list row and its page, two saved pages), issuer by issuer.

    Nothing is lost by them: the report of the highest authority is shown, so each is a NOTE. Named after the documents in
    which the figures that are shown were read.
    """
    names = ledger.names()
    found: list[KeptProblem] = []
    notified = {subject for subject, _, _, _ in names.told}
    for issuer in (i for i in knowledge.issuers(names) if not notified.isdisjoint((i.subject, *i.told_as))):
        zone = regimes.regime(registry.regime_part(issuer.subject)).zone
        told = knowledge.about(ledger, issuer, knowledge.asked(None, None, zone), names)
        for position, conflict in enumerate(registry.conflicts(told.timelines)):
            documents = conflict.documents or (("", conflict.subject),)
            message = f"reports of this notice contradict one another: {conflict.words}"
            problem = Problem(
                severity=Severity.NOTE,
                where=f"{conflict.id}, event of {conflict.day}",
                found=quote(conflict.holder),
                message=message,
            )
            name = ", ".join(quote(name) for _, name in documents)
            kept = KeptProblem(document=documents[0][0], name=name, position=position, problem=problem, load="")
            if kept not in found:
                found.append(kept)
    return found
