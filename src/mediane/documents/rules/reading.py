"""What is kept of the text of a file, and which of its pages have none."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mediane.documents.states import Outcome

MOST_SCANNED = 30  # pages recognised in one file
# A scanner’s own line at the foot of a picture makes no page of text.
FEWEST_LETTERS = 40
LONGEST_TEXT = 200_000
PAGE = "\f"
SKIPPED = re.compile(r"\[OCR skipped on page\(s\)[^\]]*\]")
HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")


@dataclass(frozen=True)
class Read:
    """`is_recognised` when a program guessed at least one page from its picture."""

    outcome: Outcome
    text: str = field(default="", repr=False)
    is_recognised: bool = False


def has_words(page: str) -> bool:
    return sum(character.isalpha() for character in page) >= FEWEST_LETTERS


def scanned(pages: Sequence[str]) -> list[int]:
    """Numbers of the pages whose text is still to be recognised."""
    return [number for number, page in enumerate(pages) if not has_words(page)]


def recognised(sidecar: str) -> list[str]:
    """The text of each page, as OCRmyPDF writes it beside the file."""
    return SKIPPED.sub("", sidecar).split(PAGE)


def put_together(pages: Sequence[str], guessed: Sequence[str]) -> Read:
    """Pages that have their text, and in their places those that were recognised."""
    whole, waiting = list(pages), scanned(pages)
    for number, text in zip(waiting, guessed, strict=False):
        # What the scanner wrote under the picture stays.
        whole[number] = f"{whole[number]}\n{text}"
    text = clean(whole)
    if not text:
        return Read(Outcome.WORDLESS)
    outcome = Outcome.PARTLY if len(waiting) > MOST_SCANNED else Outcome.READ
    return Read(outcome, text, is_recognised=bool(guessed))


def clean(pages: Iterable[str]) -> str:
    """Lines as they stand, words cut at the end of a line made whole, nothing that cannot be shown."""
    told = (HYPHENATED.sub("", page.replace("\r\n", "\n").replace("\xad", "")) for page in pages)
    shown = ("".join(c for c in page if c in "\n\t" or c.isprintable()) for page in told)
    lines = "\n\n".join(page.strip() for page in shown if page.strip()).split("\n")
    text = "\n".join(" ".join(line.split()) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text)[:LONGEST_TEXT].strip()
