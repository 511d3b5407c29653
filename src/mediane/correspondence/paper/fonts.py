"""Page fonts (variable woff2, from npm) → fonts for paper (static TTF), once at set-up.

    python -m mediane.correspondence.paper.fonts

Typst reads neither woff2 nor variable fonts. Beside the fonts goes the list of the characters
they draw, so that nothing but this module needs fontTools.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from mediane.correspondence.paper.drawable import CHARACTERS, FOLDER


class Family(NamedTuple):
    name: str
    package: str
    weights: tuple[int, ...]


FAMILIES = (
    Family("Atkinson Hyperlegible Next", "atkinson-hyperlegible-next", (400, 600, 680)),
    Family("Newsreader", "newsreader", (500, 560)),
)
SUBSETS = ("latin", "latin-ext")


def build(root: Path) -> list[Path]:
    """From `root`/node_modules, written to FOLDER; returns the fonts."""
    FOLDER.mkdir(exist_ok=True)
    made: list[Path] = []
    drawn: set[int] = set()
    for family in FAMILIES:
        package = root / "node_modules" / "@fontsource-variable" / family.package
        shutil.copyfile(package / "LICENSE", FOLDER / f"{family.package}.LICENSE")
        for weight in family.weights:
            target = FOLDER / f"{family.package}-{weight}.ttf"
            drawn |= _freeze(package / "files", target, family=family, weight=weight)
            made.append(target)
    CHARACTERS.write_text("".join(map(chr, sorted(drawn))), encoding="utf-8")
    return made


def _freeze(files: Path, target: Path, *, family: Family, weight: int) -> set[int]:
    # Imported here: the set-up has fontTools, the running application has not.
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    # One file a weight: apart, the first half would draw « ń » as n and an accent, which
    # a screen reader may then spell.
    with TemporaryDirectory() as folder:
        halves = []
        for subset in SUBSETS:
            source = TTFont(files / f"{family.package}-{subset}-wght-normal.woff2")
            half = instantiateVariableFont(source, {"wght": weight})
            half.flavor = None
            halves.append(f"{folder}/{subset}.ttf")
            half.save(halves[-1])
        font = Merger().merge(halves)
    _rename(font["name"], family.name, weight)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 0
    font.save(target)
    return set(font.getBestCmap())


def _rename(names: Any, family: str, weight: int) -> None:
    names.names = [record for record in names.names if record.nameID in (0, 13, 14)]
    postscript = f"{family.replace(' ', '')}-{weight}"
    for identifier, text in (
        (1, family),
        (2, "Regular"),
        (3, postscript),
        (4, f"{family} {weight}"),
        (6, postscript),
    ):
        names.setName(text, identifier, 3, 1, 0x409)


if __name__ == "__main__":
    build(Path.cwd())
