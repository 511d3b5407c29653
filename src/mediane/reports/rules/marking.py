"""What a mediator types → blocks: paragraphs, lists, titles, and words in bold. Nothing else is markup."""

import re
from collections.abc import Iterator

from mediane.reports.rules.blocks import Block, Run, heading, items, paragraph

BOLD = re.compile(r"\*\*?([^*\n]+?)\*\*?")
ITEM = re.compile(r"[-•*] +")
TITLE = re.compile(r"#{1,3} +")


def blocks(text: str) -> Iterator[Block]:
    """An empty line ends a paragraph; « - » begins an item, « # » a title, and stars hold bold words."""
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        yield from _part([line.strip() for line in part.split("\n") if line.strip()])


def _part(lines: list[str]) -> Iterator[Block]:
    words: list[str] = []
    listed: list[str] = []
    for line in lines:
        is_item, is_title = ITEM.match(line), TITLE.match(line)
        if (is_item or is_title) and words:
            yield paragraph(runs(" ".join(words)))
            words = []
        if is_title and listed:
            yield items([runs(one) for one in listed])
            listed = []
        if is_title:
            yield heading(line[is_title.end() :])
        elif is_item:
            listed.append(line[is_item.end() :])
        elif listed:
            listed[-1] += f" {line}"
        else:
            words.append(line)
    if words:
        yield paragraph(runs(" ".join(words)))
    if listed:
        yield items([runs(one) for one in listed])


def runs(line: str) -> list[Run]:
    """The words of a line, each with whether they are in bold."""
    found: list[Run] = []
    end = 0
    for bold in BOLD.finditer(line):
        if bold.start() > end:
            found.append((line[end : bold.start()], False))
        found.append((bold[1], True))
        end = bold.end()
    if end < len(line):
        found.append((line[end:], False))
    return found
