"""Values of a case put into the text of a letter. The text is data: nothing in it is evaluated."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from mediane.correspondence.rules.fields import MERGE_FIELDS

FIELDS = {one.code: one.label for one in MERGE_FIELDS}
FIELD = re.compile(r"\{([a-z_]+)\}")
# What a mediator has still to write: « [Dites ce que vous avez vérifié.] »
BRACKETS = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True)
class Merged:
    text: str
    missing: tuple[str, ...] = ()


def merge(text: str, values: Mapping[str, str], *, later: Container[str] = ()) -> Merged:
    """Replace each `{field}` once, in one pass: a value is never read as text of the letter.

    A field without a value stays visible and stops the signature; fields of `later` are left for
    a second merging, when they are known.
    """
    missing: list[str] = []

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name in later:
            return found[0]
        if name in FIELDS and values.get(name):
            return values[name]
        missing.append(name)
        return f"[à compléter : {FIELDS.get(name, name)}]"

    return Merged(FIELD.sub(value, text), tuple(dict.fromkeys(missing)))


def unfinished(text: str) -> list[str]:
    """What is left between brackets or braces, as written."""
    return list(dict.fromkeys(BRACKETS.findall(text) + [found[0] for found in FIELD.finditer(text)]))
