"""A notice that came after its last day, in words."""

from stakeline.model.punctual import Punctuality


def late_words(told: Punctuality) -> str:
    """Gives "filed on 2026-07-28, 25 business days after its last day, 2026-06-22 (3 business days after ...), unless ..."."""
    sure = told.first == told.last
    many = f"{told.days_late} {told.unit}{'' if told.days_late == 1 else 's'} " if told.days_late else ""
    day = told.due or f"{told.earliest} to {told.latest}"
    later = f"between {told.first} and {told.last}" if told.last else f"on {told.first} or later"
    on = f"filed on {told.first}" if sure else f"filed {later}"
    words = f"{on}, {'at least ' if many and not sure else ''}{many}after its last day, {day}{f' ({told.rule})' if told.rule else ''}"
    return f"{words}, unless {'; or '.join(told.unless)}" if told.unless else words
