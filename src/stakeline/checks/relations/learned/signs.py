"""The signs by which figures are known to be meant together: what stands around and between them, never their digits.

Each sign is a short text that begins with the kind of equation; the weights of meant.txt know those that were learned.
"""

import re
from itertools import combinations, pairwise
from math import log2

from stakeline.checks.relations.learned.equations import KINDS, Equation, Equations, Term, places

_CLAUSES = re.compile("[,，;；、()（）:：—]")
_WORDS = tuple(
    (word, re.compile(rf"\b{word}\b" if word.isascii() else word, re.IGNORECASE))
    for word in (  # noqa: SIM905
        "each|apiece|per share|a share|worth|for|total|combined|together|average|including|excluding|remaining|left|another|further|additional|"
        "previous|earlier|since|last|respectively|or|and|of|from|to|at|by|while|after|before|it also|compared|against|when|"
        "每股|均价|均價|平均|套现|套現|涉资|涉資|耗资|总|總|合计|合計|共|累计|累計|再|另|此前|其中|占|佔|约|約|去年|同比|环比|按年|分别|分別|由|從|从|至|到|为|為|较|較|"
        "折让|折讓|即|而|及|和|余下|剩|尚|已发行|已發行"
    ).split("|")
)
_BETWEEN = 60
"""Characters between two figures in which words tie them together."""
_AROUND = 8
"""Figures on either side of an equation that could have stood in it instead."""
_CHEAP = 5
"""Half of the last digit of a price is no more."""
_WHO = ("holder", "issuer", "share_class", "period_or_date", "direction")


def signs(all_: Equations, equation: Equation) -> list[str]:
    """All signs of one equation."""
    kind, members = equation.kind, equation.terms
    told = [
        "",
        *_kinds(kind, members),
        *_order(all_, kind, members),
        *_rivals(all_, equation),
        *_parties(all_, kind, members),
    ]
    told.extend(_words(all_, kind, members))
    return [f"{kind} {sign}" for sign in told]


def _kinds(kind: str, members: tuple[Term, ...]) -> list[str]:
    roles = KINDS[kind][0]
    told = ["K " + " ".join(t.kind for t in members)]
    told += [f"{r} {t.kind}" for r, t in zip(roles, members, strict=True)]
    told += [f"{r} ap {t.approx}" for r, t in zip(roles, members, strict=True) if t.approx]
    pairs = combinations(zip(roles, members, strict=True), 2)
    return told + [f"{r}{s} {t.kind} {u.kind}" for (r, t), (s, u) in pairs]


def _order(all_: Equations, kind: str, members: tuple[Term, ...]) -> list[str]:
    roles = KINDS[kind][0]
    ordered = sorted(zip(roles, members, strict=True), key=lambda p: p[1].start)
    first = min(t.sentence for t in members)
    order = "".join(r for r, _ in ordered)
    lines = "".join(str(t.sentence - first) for _, t in ordered)
    gaps = [u.place - t.place - 1 for (_, t), (_, u) in pairwise(ordered)]
    clauses = [len(_CLAUSES.findall(all_.page.text[t.end : u.start])) for (_, t), (_, u) in pairwise(ordered)]
    length = int(log2(max(t.end for t in members) - min(t.start for t in members) + 1))
    told = [f"o {order}", f"s {lines}", f"os {order} {lines}", f"gaps {min(sum(gaps), 5)}", f"ch {min(length, 9)}"]
    told.append(f"o {order} g " + " ".join(_some(g) for g in gaps))
    told.append(f"cl {min(sum(clauses), 6)}")
    return told + [f"{r}{s} cl {min(c, 4)}" for ((r, _), (s, _)), c in zip(pairwise(ordered), clauses, strict=True)]


def _rivals(all_: Equations, equation: Equation) -> list[str]:
    """Other figures that could stand in a term's place, and equations that hold of the terms and of their pairs."""
    kind, members, at = equation.kind, equation.terms, places(equation)
    roles, low, high = KINDS[kind][0], min(at), max(at)
    around = [(_sort(t), t) for t in all_.terms[max(low - _AROUND, 0) : high + _AROUND + 1] if t.place not in at]
    told = []
    for role, term in zip(roles, members, strict=True):
        own = _sort(term)
        alike = [t for sort, t in around if sort == own]
        for other, by in zip(roles, members, strict=True):
            if by is not term:
                nearer = sum(abs(t.start - by.start) < abs(term.start - by.start) for t in alike)
                told.append(f"{role}>{other} {_some(nearer)}")
        told.append(f"{role} in {_some(sum(low < t.place < high for t in alike))}")
        told.append(f"{role} alike {_some(len(alike))}")
        held = all_.others(equation, kind, term.place), all_.others(equation, term.place)
        told.append(f"{role} ex {held[0]} {held[1]}")
    for (i, one), (k, other) in combinations(enumerate(roles), 2):
        told.append(f"{one}{other} both {all_.others(equation, kind, i, k, at[i], at[k])}")
    return told


def _sort(term: Term) -> tuple[str, str]:
    """What a figure is, roughly: of these only one is meant."""
    priced = "price" in term.kind or term.ranged
    if term.unit == "currency":
        return term.unit, "price" if term.half < _CHEAP and priced else "amount"
    return term.unit, term.kind.split(".")[0].split(":")[0]


def _parties(all_: Equations, kind: str, members: tuple[Term, ...]) -> list[str]:
    roles, told = KINDS[kind][0], []
    for name in _WHO:
        values = [getattr(all_.page.claims[t.claim], name) for t in members]
        told.append(f"{name} {min(len(set(values) - {None}), 3)}")
        pairs = combinations(zip(roles, values, strict=True), 2)
        told += [f"{r}{s} {name} {v == w}" for (r, v), (s, w) in pairs if v is not None and w is not None]
    return told


def _words(all_: Equations, kind: str, members: tuple[Term, ...]) -> list[str]:
    text = all_.page.text
    ordered = sorted(zip(KINDS[kind][0], members, strict=True), key=lambda p: p[1].start)
    told = [f"aside {all_.page.aside(*(t.claim for t in members))}"]
    for (r, t), (s, u) in pairwise(ordered):
        gap = text[t.end : u.start]
        if len(gap) < _BETWEEN:
            told += [f"{r}{s} w {word}" for word, pattern in _WORDS if pattern.search(gap)]
    return told


_FEW, _MANY = 3, 6


def _some(number: int) -> str:
    return str(number) if number < _FEW else f"{_FEW}+" if number < _MANY else f"{_MANY}+"
