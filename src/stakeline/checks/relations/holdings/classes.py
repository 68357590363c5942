"""Whether holdings are of one company and of one class of its shares."""

import re

from stakeline.checks.relations.holdings.couples import of_all
from stakeline.checks.relations.holdings.parts import Part
from stakeline.checks.relations.page import Page

CLASSES = re.compile(r"\b[ABH][ -]shares?\b|[ABH]股")
"""Where there is more than one class, what is of all shares is not of an unnamed class."""


def named_class(page: Page, index: int) -> str | None:
    """The class that the words of a figure's own clause name, behind it or else in front."""
    behind, front = re.split(r"[,，、(（]", page.tail(index))[0], re.split(r"[,，、)）]", page.lead(index))[-1]
    told = CLASSES.findall(behind)[:1] or CLASSES.findall(front)[-1:]
    return told[0][0] if told else None


def one_class(page: Page, *held: Part) -> bool:
    """Whether nothing says that holdings are of different companies or classes; all shares are one more where there are several."""
    companies = {m[1] for p in held if (m := _COMPANY.match(page.tail(max(p.figures))))}
    between = page.text[
        min(page.found(i).end for p in held for i in p.figures) : max(
            page.found(i).start for p in held for i in p.figures
        )
    ]
    if len(companies) > 1 or LATTER.search(between) or _ANOTHER.search(between):
        return False
    if len({_base(page, p) for p in held} - {None}) > 1:
        return False
    named = {page.claims[i].share_class for part in held for i in part.figures}
    return len(named - {None}) <= 1 and not (named == {None, "total"} and page.has(CLASSES))


def _base(page: Page, part: Part) -> str | None:
    """The class that a holding is of, or "all" where its percentage is said to be of all shares; None where no words tell."""
    told = [named_class(page, i) for i in part.figures[::-1]]
    if part.share is not None and told[0] is None and of_all(page, part.share):
        return "all" if part.count is None or told[-1] is None else told[-1]
    return next((letter for letter in told if letter is not None), None)


_ANOTHER = re.compile(
    r"[(（][0-9]{4,6}(?:[-.](?:HK|SH|SZ|TW))?[)）]"
    r"|\n.*\b(?:chairman|director|chief executive|CEO|founder|president|officer|shareholder|stake|shares|interest) (?:of|at|in) (?:[A-Z][\w&'’-]+ ){1,5}(?:Bhd|Berhad|Ltd|Limited|Inc|Corp|plc|PLC)\b"
)
"""Between two holdings: a company is named that the second is of, by its listing code or in a paragraph of its own."""
_COMPANY = re.compile(r"\)? of (?:the )?([A-Z][\w&'’-]+)")
LATTER = re.compile(
    r"[前后後]者|\b(?:former|latter)\b|其子公司|目[标標]公司|另外?持有|[把将將对對][^,，。;；]{2,12}的(?:持股|股份|股[权權]|[权權]益)"
)
"""Between two holdings: they are of two companies, or classes."""
