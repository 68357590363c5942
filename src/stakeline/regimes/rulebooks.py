"""The rulebooks: every `rules/*.toml` in the regime folders, read strictly. A regime may have rules and no reader.

A file has the keys of `Rulebook`, but for `code` (its name) and `folder`; `[[source]]` and `[[duty]]` tables; and names
for what its duties share: `[measures.NAME]`, `[deadlines.NAME]`, and `[attribution.RELATION]` for all of them. A duty has
the keys of `Rule`, its triggers as `[[duty.trigger]]`, its conditions as `[duty.applies]`, and `[[duty.version]]`: each
with `since` and whatever differs in it. Of the older a version's last day is the day before the next one's first.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from stakeline.model.errors import UnknownName, UnusableRules
from stakeline.model.rules import Rule, Rulebook

_MERGED = ("applies", "deadline", "measure")
"""Tables of which a version states only the keys that differ."""


def rulebooks() -> tuple[Rulebook, ...]:
    """All rulebooks, by code. Raises UnusableRules where one breaks the format."""
    return tuple(rulebook(code) for code in codes())


def codes() -> tuple[str, ...]:
    """The codes of all rulebooks, in order: what `rulebook` takes."""
    return tuple(sorted(_places()))


@cache
def rulebook(code: str) -> Rulebook:
    """The rulebook of a code ("hk_sfo_part_xv"). Raises UnknownName, UnusableRules."""
    place = _places().get(code)
    if place is None:
        raise UnknownName(f"no rulebook {code!r}; there are: {', '.join(codes())}")
    folder, text = place
    return parse(text.read_text("utf-8"), code=code, folder=folder)


def parse(text: str, *, code: str, folder: str) -> Rulebook:
    """The rulebook that a TOML text is. Raises UnusableRules: what, in which duty."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnusableRules(f"{code}: no TOML: {error}") from None
    shared = {name: told.pop(name, {}) for name in ("measures", "deadlines", "attribution")}
    duties = told.pop("duty", [])
    rules = [rule for rank, duty in enumerate(duties) for rule in _versions(duty, shared, code, rank)]
    book: Rulebook = _converted(
        {"code": code, "folder": folder, "sources": told.pop("source", []), "rules": [], **told}, Rulebook, code
    )
    for key in ("measure", "deadline"):
        used = {
            table.get(key)
            for duty in duties
            for table in (duty, *duty.get("version", ()))
            if isinstance(table.get(key), str)
        }
        if unused := set(shared[f"{key}s"]) - used:
            raise UnusableRules(f"{code}: no duty uses {key} {', '.join(sorted(unused))}")
    for rule in rules:
        if not rule.citation.strip():
            raise UnusableRules(f"{code}: {rule.id}: no citation")
        unknown = set(rule.sources) - {source.id for source in book.sources}
        if unknown or not rule.sources:
            raise UnusableRules(f"{code}: {rule.id}: names sources that are not listed: {sorted(unknown) or 'none'}")
    if len({duty["id"] for duty in duties}) != len(duties):
        raise UnusableRules(f"{code}: two duties have one id")
    whole: Rulebook = msgspec.structs.replace(book, rules=tuple(rules))
    return whole


@cache
def _places() -> dict[str, tuple[str, Traversable]]:
    """Where each rulebook stands: its folder and its file, by code."""
    found: dict[str, tuple[str, Traversable]] = {}
    for folder in files("stakeline.regimes").iterdir():
        rules = folder.joinpath("rules")
        if rules.is_dir():
            found |= {f.name[:-5]: (folder.name, f) for f in rules.iterdir() if f.name.endswith(".toml")}
    return found


def _versions(duty: dict[str, Any], shared: dict[str, Any], code: str, rank: int) -> Iterator[Rule]:
    """One duty's versions, oldest first."""
    named = duty.get("id", f"duty {rank + 1}")
    common = {key: value for key, value in duty.items() if key != "version"}
    versions = duty.get("version", [])
    if not versions or any("since" not in version for version in versions):
        raise UnusableRules(f"{code}: {named}: needs at least one version, each with `since`")
    if "start" not in versions[0] or any("start" in version for version in versions[1:]):
        raise UnusableRules(f"{code}: {named}: the first version, and no other, says how its start is known")
    for at, version in enumerate(versions):
        after = versions[at + 1]["since"] if at + 1 < len(versions) else None
        whole = _merged(common, version)
        whole |= {"regime": code, "rank": rank, "notice": whole.get("notice", named)}
        whole["until"] = _until(version, after, f"{code}: {named}")
        whole["start"] = version.get("start", "law")
        whole |= {"triggers": whole.pop("trigger", []), "variants": whole.pop("variant", [])}
        for key in ("measure", "deadline"):
            if isinstance(whole.get(key), str):
                whole[key] = _named(shared[f"{key}s"], whole[key], f"{code}: {named}")
        whole["attribution"] = {**shared["attribution"], **whole.get("attribution", {})}
        yield _converted(whole, Rule, f"{code}: {named}, since {version['since']}")


def _merged(common: dict[str, Any], version: dict[str, Any]) -> dict[str, Any]:
    """The duty as one version has it: what the version says, and the rest as common."""
    whole = {**common, **version}
    for key in _MERGED:
        if isinstance(common.get(key), dict) and isinstance(version.get(key), dict):
            whole[key] = {**common[key], **version[key]}
    return whole


def _until(version: dict[str, Any], after: date | None, what: str) -> date | None:
    """The last day of a version: the day before the next, or its own end where it is the last."""
    told: date | None = version.get("until")
    if after is None:
        if (told is None) != ("ended" not in version):
            raise UnusableRules(f"{what}: a last version has both `until` and `ended`, or neither")
        return told
    if after <= version["since"]:
        raise UnusableRules(f"{what}: the version since {version['since']} begins no earlier than the next")
    if told is not None and told != after - timedelta(days=1):
        raise UnusableRules(f"{what}: between {told} and {after} is a gap or an overlap")
    return after - timedelta(days=1)


def _named(table: dict[str, Any], name: str, what: str) -> dict[str, Any]:
    """A shared measure or deadline."""
    found = table.get(name)
    if found is None:
        raise UnusableRules(f"{what}: nothing is called {name!r}; there are: {', '.join(table) or 'none'}")
    return dict(found)


def _converted(told: dict[str, Any], kind: type[Any], what: str) -> Any:
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        raise UnusableRules(f"{what}: {error}") from None
