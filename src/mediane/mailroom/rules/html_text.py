"""HTML mail reduced to its words: nothing of it is ever shown as HTML.

Read in one pass, each place once: on a page made for that, the standard library’s parser takes hours.
"""

import re
from collections.abc import Iterator
from html import unescape

HIDDEN = frozenset({"script", "style", "head", "title", "template", "object", "svg", "noscript"})
# Their content is no HTML: nothing but their own end ends them.
RAW = frozenset({"script", "style", "title"})
BLOCKS = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "section", "article", "hr", "pre"}
    | {f"h{level}" for level in range(1, 7)}
)
MARK = re.compile(r"<(?:(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9:-]{0,40})|(?P<comment>!--)|[!?/])")
# Numbers of no character, too long to be read as numbers.
NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")


class _Page:
    def __init__(self, html: str) -> None:
        self.html, self.position = html, 0
        self.hidden: set[str] = set()
        self.absent: set[str] = set()  # what is not found from here on is not looked for again

    def words(self) -> Iterator[str]:
        while (mark := MARK.search(self.html, self.position)) is not None:
            yield self._said(self.position, mark.start())
            self.position = mark.end()
            yield self._met(mark)
        yield self._said(self.position, len(self.html))

    def _said(self, start: int, end: int) -> str:
        if self.hidden or start == end:
            return ""
        return re.sub(r"\s+", " ", unescape(NO_CHARACTER.sub("\ufffd", self.html[start:end])))

    def _met(self, mark: re.Match[str]) -> str:
        if not self._leap("-->" if mark["comment"] else ">"):
            # Never closed: a sign like any other.
            self.position = mark.start() + 1
            return "" if self.hidden else "<"
        tag = (mark["tag"] or "").lower()
        return self._closed(tag) if mark["end"] else self._opened(tag)

    def _opened(self, tag: str) -> str:
        if tag in RAW:
            # One that is never closed hides nothing of the letter.
            self._leap(f"</{tag}", ">")
        elif tag in HIDDEN:
            self.hidden.add(tag)
        elif tag == "body":
            self.hidden.clear()
        return _space(tag)

    def _closed(self, tag: str) -> str:
        if tag in self.hidden:
            self.hidden.clear()
        return _space(tag)

    def _leap(self, *ends: str) -> bool:
        """Go beyond what is named, one after the other; stay here if it never comes."""
        place = self.position
        for end in ends:
            if end in self.absent:
                return False
            found = re.compile(re.escape(end), re.IGNORECASE).search(self.html, place)
            if found is None:
                self.absent.add(end)
                return False
            place = found.end()
        self.position = place
        return True


def _space(tag: str) -> str:
    return "\n" if tag in BLOCKS else " " if tag in ("td", "th") else ""


def text_of(html: str) -> str:
    lines = (line.strip() for line in "".join(_Page(html).words()).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
