"""What `check` prints: an article with its marks, JSON, a page, or one table over many articles."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stakeline.cli import printing
from stakeline.model.errors import ReadError, UsageError
from stakeline.model.problems import quote

if TYPE_CHECKING:
    from rich.text import Text

    from stakeline.checks.render import Item
    from stakeline.checks.report import Report
    from stakeline.reading.containers import Refused

_STYLES = {"right": "green", "shaded": "yellow", "wrong": "bold red", "open": "dim"}
_COLUMNS = ("article", "date", "figures", "supported", "imprecise", "not_checkable", "inconsistent", "contradicted",
            "statements_refuted", "problem")  # fmt: skip
_LEAST_FOR_PROGRESS = 8


def run(arguments: argparse.Namespace) -> int:
    """Check articles; 1 where something is inconsistent or contradicted."""
    from stakeline.model.moments import parse_day
    from stakeline.workflows import checking

    asked = checking.Asked(
        on=parse_day(arguments.on) if arguments.on else None,
        lang=arguments.lang,
        known=arguments.known,
        ledger=arguments.ledger,
    )
    if arguments.batch:
        if arguments.articles:
            raise UsageError("a batch takes the articles of its folder; name the folder or the articles, not both")
        return _batch(arguments.batch, asked, csv=arguments.csv)
    if arguments.csv:
        raise UsageError("--csv is for --batch DIR")
    if not arguments.articles:
        raise UsageError("name an article, or - for standard input (or --batch DIR)")
    found = list(checking.check(arguments.articles, asked))
    if arguments.html:
        return _page(found, arguments.html)
    if arguments.json:
        return _as_json(found)
    return _printed(found)


def _printed(found: "Iterable[Report | Refused]") -> int:
    out = printing.console()
    code = 0
    for number, one in enumerate(found):
        if number:
            out.print()
        report = _whole(one)
        if report is None:
            code = 2
            continue
        for text in _told(report):
            out.print(text, soft_wrap=not out.is_terminal)
        code = max(code, int(report.wrong))
    out.print(f"\n{printing.NO_ADVICE}", style="dim")
    return code


def _whole(one: "Report | Refused") -> "Report | None":
    """A report; None, and a line of why on standard error, where there is none."""
    from stakeline.checks.report import Report

    if isinstance(one, Report):
        return one
    print(f"stakeline: {quote(one.name)}: {quote(one.problem.message)}", file=sys.stderr)
    return None


def _told(report: "Report") -> "Iterator[Text]":
    """The article with its marks, then the list of them."""
    from rich.text import Text

    from stakeline.checks import render

    counts = report.counts()
    words = ", ".join(f"{n} {verdict.replace('_', ' ')}" for verdict, n in counts.items() if n) or "no figures"
    yield Text(f"{render.visible(report.name)}, as of {report.on or 'a day not known'}: {words}", style="bold")
    for note in report.notes:
        yield Text(f"note: {render.visible(note)}", style="dim")
    story = Text("\n")
    for piece in render.pieces(report):
        if piece.item is None:
            story.append(piece.words)
        else:
            style = _STYLES[piece.item.look.name]
            story.append(piece.words, style=f"{style} underline")
            story.append(f"[{piece.item.look.sign}{piece.item.number}]", style=style)
    story.rstrip()
    yield story
    listed = render.items(report)
    told = [item for item in listed if item.look.name != "open"]
    if told:
        yield Text("")
    for item in told:
        yield _listed(item)
    left = [f"{i.number} {i.words}" for i in listed if i.look.name == "open"]
    if left:
        yield Text(f"\nnot checkable: {'; '.join(left)}", style="dim")


def _listed(item: "Item") -> "Text":
    from rich.text import Text

    text = Text(f"{item.number:>4} ")
    text.append(f"{item.look.sign} {item.look.word}", style=_STYLES[item.look.name])
    text.append(f"  {item.words}", style="bold")
    text.append(f"  {item.kind}", style="dim")
    for name, words in item.rows:
        text.append(f"\n     {name}: ", style="dim")
        text.append(words)
    return text


def _as_json(found: "list[Report | Refused]") -> int:
    """One article as JSON, several as one line each, so that a program can read them as they come."""
    import msgspec

    from stakeline.checks.report import as_json

    code = 0
    for one in found:
        report = _whole(one)
        if report is None:
            code = 2
        elif len(found) == 1:
            printing.json(as_json(report))
            code = int(report.wrong)
        else:
            sys.stdout.buffer.write(msgspec.json.encode({"article": report.name, **as_json(report)}) + b"\n")
            code = max(code, int(report.wrong))
    sys.stdout.buffer.flush()
    return code


def _page(found: "list[Report | Refused]", file: str) -> int:
    from stakeline.checks import render

    if len(found) != 1:
        raise UsageError("a page is of one article; with several, leave out --html or call once for each")
    report = _whole(found[0])
    if report is None:
        return 2
    page = render.render_html(report).encode("utf-8", "backslashreplace")
    if file == "-":
        sys.stdout.buffer.write(page)
        sys.stdout.buffer.flush()
        return int(report.wrong)
    try:
        Path(file).write_bytes(page)
    except OSError as error:
        raise ReadError(f"{file} cannot be written: {error.strerror}") from error
    return int(report.wrong)


def _batch(folder: str, asked: Any, *, csv: bool) -> int:
    """One table over all articles of a folder."""
    from stakeline.workflows import articles, checking

    if not Path(folder).is_dir():
        raise UsageError(f"{quote(folder)} is no folder; --batch takes a folder of articles")
    names = list(articles.named([folder]))
    if not names:
        raise ReadError("there is no file in what was named (hidden files are left out)")
    rows: list[list[str]] = []
    code = 0
    with _progress(len(names)) as step:
        for one in checking.batch(names, asked):
            rows.append(_row(one, folder))
            code = max(code, 2 if rows[-1][-1] else int(getattr(one, "wrong", False)))
            step()
    _table(rows, csv=csv)
    return code


def _row(one: "Report | Refused", folder: str) -> list[str]:
    from stakeline.checks.report import Report, is_finding
    from stakeline.model.claims import Severity, Verdict

    name = one.name.removeprefix(folder).lstrip("/\\") or one.name
    if not isinstance(one, Report):
        return [name, *[""] * (len(_COLUMNS) - 2), one.problem.message]
    counts = one.counts()
    imprecise = sum(1 for r in one.rulings if r.verdict is Verdict.SUPPORTED and r.severity is Severity.IMPRECISE)
    told = (
        len(one.rulings), counts[Verdict.SUPPORTED], imprecise, counts[Verdict.NOT_CHECKABLE], counts[Verdict.INCONSISTENT],
        counts[Verdict.CONTRADICTED], sum(map(is_finding, one.statements)),
    )  # fmt: skip
    return [name, one.on.isoformat() if one.on else "", *map(str, told), ""]


def _table(rows: list[list[str]], *, csv: bool) -> None:
    if csv:
        import csv as written

        table = written.writer(sys.stdout, lineterminator="\n")
        table.writerow(_COLUMNS)
        table.writerows([[_harmless(cell) for cell in row] for row in rows])
        return
    columns = [c.replace("_", " ") for c in _COLUMNS]
    shown = columns if any(row[-1] for row in rows) else columns[:-1]
    sums = ["all", "", *(str(sum(int(r[i] or 0) for r in rows)) for i in range(2, 9)), ""]
    shown_table = printing.Table(
        shown, [row[: len(shown)] for row in [*rows, sums]], whole=("article", "date"), right=columns[2:9]
    )
    out = printing.console()
    out.print(shown_table)
    out.print(printing.NO_ADVICE, style="dim")


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: names of files are anyone's."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar while somebody is looking."""
    if total < _LEAST_FOR_PROGRESS or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(MofNCompleteColumn(), BarColumn(), TimeRemainingColumn(), console=printing.console(error=True),
                  transient=True) as bar:  # fmt: skip
        task = bar.add_task("", total=total)
        yield lambda: bar.update(task, advance=1)
