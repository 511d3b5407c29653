"""The pieces a report is made of, as they are frozen: texts, tables and charts, ready to be drawn."""

from collections.abc import Sequence
from typing import Any

# A piece, by its kind; only what JSON holds.
Block = dict[str, Any]
Run = tuple[str, bool]


def paragraph(runs: Sequence[Run]) -> Block:
    return {"kind": "paragraph", "runs": [list(run) for run in runs]}


def said(sentences: Sequence[str]) -> Block:
    """Sentences drafted from the figures."""
    return {"kind": "said", "text": " ".join(sentences)}


def heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def items(lines: Sequence[Sequence[Run]]) -> Block:
    return {"kind": "items", "items": [[list(run) for run in runs] for runs in lines]}


def note(text: str) -> Block:
    return {"kind": "note", "text": text}


def key_numbers(numbers: Sequence[tuple[str, str, str]]) -> Block:
    """A number, what it counts, and how it moved."""
    return {"kind": "key", "numbers": [list(one) for one in numbers]}


def table(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    code: str,
    note: str = "",
    texts: int = 1,
) -> Block:
    """The first column says what a row is; the first `texts` are words. `code` names its file in the data."""
    return {
        "kind": "table",
        "title": title,
        "head": list(head),
        "rows": [list(row) for row in rows],
        "code": code,
        "note": note,
        "texts": texts,
    }


def chart(shape: str, *, said: str, counted: str, alternative: str, data: Block, table: Block) -> Block:
    """`said` is the finding, its title; the table is the one the chart draws."""
    return {
        "kind": "chart",
        "shape": shape,
        "said": said,
        "counted": counted,
        "alternative": alternative,
        "data": data,
        "table": table,
    }


def quote(words: str, who: str) -> Block:
    return {"kind": "quote", "words": words, "who": who}


def picture(*, sha256: str, alternative: str, caption: str) -> Block:
    return {"kind": "picture", "sha256": sha256, "alternative": alternative, "caption": caption}


def finding(title: str, words: str, proposals: Sequence[Sequence[str]]) -> Block:
    """What comes back, and what is proposed: words, to whom, what became of it."""
    return {"kind": "finding", "title": title, "words": words, "proposals": [list(one) for one in proposals]}


def dated(day: str, title: str, words: Block | None) -> Block:
    """Something that happened, with its day."""
    return {"kind": "dated", "day": day, "title": title, "words": words}
