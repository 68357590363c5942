"""`check` as a user meets it: exit codes, JSON, the page, batches, what is given to it."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stakeline.model.documents import Document
from stakeline.reading.containers import Refused
from stakeline.workflows import articles
from tests.hk.made_pdf import pdf

RIGHT = "On 3 March 2025, Fund Limited sold 2.15 million Plain Holdings shares at HK$3.20 each for HK$6.88 million ($0.88 million).\n"
WRONG = "On 3 March 2025, Fund Limited sold 2.15 million Plain Holdings shares at HK$3.20 each for HK$68.8 million.\n"
KEYS = [
    "start", "end", "text", "kind", "value", "unit", "currency", "approx", "holder", "issuer", "share_class", "period",
    "verdict", "severity", "recomputed", "reason", "working", "sources",
]  # fmt: skip

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    environment = {**os.environ, "STAKELINE_LEDGER": str(tmp_path / "ledger"), "PYTHONUTF8": "1"}

    def run_command(*words: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "stakeline", "check", *words],
            cwd=tmp_path, env=environment, input=stdin, capture_output=True, check=False,
        )  # fmt: skip
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_command


def test_a_right_article_is_0_and_a_wrong_one_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "right.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    right = run("right.txt", "--on", "2025-03-04")
    assert (right.returncode, right.stderr) == (0, "")
    assert "HK$6.88 million[✓" in right.stdout
    wrong = run("wrong.txt", "--on", "2025-03-04")
    assert wrong.returncode == 1
    assert "HK$68.8 million[✗" in wrong.stdout
    assert "HK$6.88 million" in wrong.stdout, "the correction"
    assert run("right.txt", "wrong.txt", "--on", "2025-03-04").returncode == 1


def test_the_json_is_what_is_promised(run: Run) -> None:
    done = run("-", "--on", "2025-03-04", "--json", stdin=WRONG.encode())
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert list(told) == ["article_date", "lang", "figures", "statements"]
    assert (told["article_date"], told["lang"]) == ("2025-03-04", "en")
    assert all(list(figure) == KEYS for figure in told["figures"])
    assert all(WRONG[f["start"] : f["end"]] == f["text"] for f in told["figures"])
    (paid,) = [f for f in told["figures"] if f["text"] == "HK$68.8 million"]
    assert (paid["value"], paid["unit"], paid["currency"]) == ("68800000", "currency", "HKD")
    assert (paid["verdict"], paid["severity"]) == ("inconsistent", "error")
    assert {f["value"] for f in told["figures"]} >= {"2025-03-03", "2150000", "3.20"}


def test_offsets_are_code_points_of_the_file(run: Run, tmp_path: Path) -> None:
    text = "\U0001f4c8 格灵深瞳：2022年营业收入3.54亿元。\r\n第二行：净利润3261.49万元。\n"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8"))
    told = json.loads(run("a.txt", "--on", "2023-05-01", "--json").stdout)
    assert told["lang"] == "zh"
    assert [f["text"] for f in told["figures"] if f["unit"] == "currency"] == ["3.54亿元", "3261.49万元"]
    assert all(text[f["start"] : f["end"]] == f["text"] for f in told["figures"])


def test_mistakes_of_the_caller_are_2(run: Run, tmp_path: Path) -> None:
    for words in (
        [],
        ["no.txt"],
        ["-", "--on", "yesterday"],
        ["--batch", "no"],
        ["-", "--ledger", "no"],
        ["-", "--csv"],
    ):
        done = run(*words, stdin=b"x")
        assert done.returncode == 2, words
        assert done.stderr.startswith("stakeline: "), words
    (tmp_path / "latin.txt").write_bytes("Umsatz: 5 Mio. \xe4\xf6\xfc".encode("latin-1"))
    assert "UTF-8" in run("latin.txt").stderr
    assert run("latin.txt").returncode == 2


def test_the_page_stands_alone_and_escapes_everything(run: Run, tmp_path: Path) -> None:
    text = '<script>alert(1)</script> & "Plain" \u202e sold 2.15 million shares at HK$3.20 each for HK$68.8 million.\n'
    (tmp_path / "a<b>.txt").write_text(text, encoding="utf-8")
    assert run("a<b>.txt", "--on", "2025-03-04", "--html", "out.html").returncode == 1
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "\u202e" not in page
    assert "‹U+202E›" in page
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=[\"'](?!#)|url\(|@import", page), "nothing from outside"
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(page)
    marks = root.css(".mark")
    assert all(mark.attributes.get("tabindex") == "0" for mark in marks)
    assert any(
        mark.text().startswith("HK$68.8 million") and "wrong" in (mark.attributes["class"] or "") for mark in marks
    )
    links = [a.attributes["href"] for a in root.css("sup a")]
    assert all(root.css_first(f"[id='{str(link)[1:]}']") for link in links)
    assert run("-", "--html", "--on", "2025-03-04", stdin=RIGHT.encode()).stdout.startswith("<!doctype html>")


def test_terminals_are_not_steered(run: Run) -> None:
    done = run("-", "--on", "2025-03-04", stdin="\x1b[31mSold 2 million\u202e shares at HK$3.20.\x07\n".encode())
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "‹U+001B›" in done.stdout
    assert "‹U+202E›" in done.stdout


def test_a_batch_is_one_table(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(WRONG if number == 3 else RIGHT, encoding="utf-8")
    (folder / "=cmd.txt").write_bytes(b"\xff\xfe\xfd odd")
    done = run("--batch", "articles", "--csv", "--on", "2025-03-04")
    rows = [line.split(",") for line in done.stdout.splitlines()]
    assert rows[0][:4] == ["article", "date", "figures", "supported"]
    assert [row[0] for row in rows[1:]] == [*(f"{n}.txt" for n in range(6)), "'=cmd.txt"]
    assert [row[6] for row in rows[1:7]] == ["0", "0", "0", "1", "0", "0"]
    assert done.returncode == 2, "one could not be read"
    (folder / "=cmd.txt").unlink()
    table = run("--batch", "articles", "--on", "2025-03-04")
    assert table.returncode == 1
    assert "3.txt" in table.stdout


def test_pages_and_pdfs(run: Run, tmp_path: Path) -> None:
    page = (
        "<!doctype html><html><head><title>9%</title><style>p{width:9%}</style></head><body><nav><p>Shares up 12%</p></nav>"
        f"<article><h1>Fund sells</h1><p>{WRONG.replace('HK$68.8', 'HK$<b>68.8</b>')}</p><p>{'More words. ' * 20}</p></article>"
        "<aside>Read also: down 45%</aside></body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    done = run("a.html", "--on", "2025-03-04", "--json")
    figures = json.loads(done.stdout)["figures"]
    assert [f["text"] for f in figures if f["unit"] in {"pct", "currency"}] == ["HK$3.20", "HK$68.8 million"]
    assert done.returncode == 1
    (tmp_path / "a.pdf").write_bytes(
        pdf(["Fund Limited sold 2.15 million shares of Plain Holdings\nat HK$3.20 each for HK$68.8\nmillion."])
    )
    assert run("a.pdf", "--on", "2025-03-04").returncode == 1


def made(text: str) -> articles.Source:
    found = articles.source(Document(data=text.encode(), name="a.txt"))
    assert not isinstance(found, Refused)
    return found


def test_lines_broken_by_width_are_read_as_one() -> None:
    lines = [
        "Fund Limited sold some of the shares that it held in Plain, for HK$6.4",
        "million in all, a filing of the day shows. The rest of it, some 3.2",
        "million shares, it means to keep for the time being, people said to",
        "us.",
    ]
    text = "\n".join(lines)
    assert made(text).plain == " ".join(lines)
    assert len(made(text).plain) == len(text)
    apart = "A headline\n\nOne paragraph that says something.\nAnother one.\nA third.\nA fourth."
    assert made(apart).plain == apart


def test_notes_under_an_article_are_no_part_of_it() -> None:
    text = "Revenue rose 5%.[1]\n\nSources\n1 The report, 12%\n"
    assert "12%" not in made(text).plain
    assert "[1]" not in made(text).plain
    assert len(made(text).plain) == len(text)
    assert "12%" in made("Sources\nsay 12%\n").plain, "a heading with nothing above it heads the article"


@pytest.mark.parametrize(
    "piece",
    [
        "7",
        "((((",
        "\u202e1\u202c ",
        "HK$1,",
        "9.9%(",
        "1\n",
        "from 1% to ",
        "[1]",
        "<p>1</p>",
        "亿元3",
        "2022-",
        "  1  x",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.perf_counter()
        made(text)
        return time.perf_counter() - start

    seconds(1000)
    short = max(seconds(100_000), 0.002)
    assert min(seconds(800_000) for _ in range(2)) < 8 * 4 * short  # the machine may be busy for one of them
