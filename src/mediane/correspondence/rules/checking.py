"""Whether a template may be saved: its fields and its conditions are of the fixed lists."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from mediane.correspondence.rules.conditions import HEAD, Criterion, Fault, parse
from mediane.correspondence.rules.fields import MERGE_FIELDS
from mediane.correspondence.rules.merging import FIELDS
from mediane.kit.text import fold

BRACES = re.compile(r"\{([^{}\n]*)(\}?)")
BY_CODE = {one.code: one for one in MERGE_FIELDS}


def faults_of(title: str, body: str, *, kind: str, known: Sequence[Criterion]) -> tuple[Fault, ...]:
    """Everything to put right, in the order of the lines; line 0 is the title."""
    found = [*_of_title(title), *_of_fields(title, kind, first=0)]
    found += [*parse(body, known).faults, *_of_fields(body, kind, first=1)]
    if not body.strip():
        found.append(Fault(0, "Ce modèle n’a pas de texte. Écrivez-le."))
    return tuple(sorted(found, key=lambda fault: fault.line))


def _of_title(title: str) -> Iterator[Fault]:
    if not title.strip():
        yield Fault(0, "Le titre de la lettre manque. Écrivez-le.")
    if HEAD.search(title):
        yield Fault(0, "Le titre ne peut pas porter de condition. Mettez-la dans le texte.")


def _of_fields(text: str, kind: str, *, first: int) -> Iterator[Fault]:
    for found in BRACES.finditer(text):
        line = first and first + text.count("\n", 0, found.start())
        code, is_closed = found[1], bool(found[2])
        known = BY_CODE.get(code)
        if not is_closed:
            yield Fault(line, f"l’accolade ouverte avant «\u00a0{code.strip()[:30]}\u00a0» n’est pas fermée.")
        elif known is None:
            yield Fault(line, f"«\u00a0{found[0]}\u00a0» n’est pas un champ de la liste. {_instead(code)}")
        elif not known.is_for(kind):
            yield Fault(line, f"«\u00a0{found[0]}\u00a0» reste vide dans cette sorte de lettre. Retirez-le.")
    for at in (place for place, letter in enumerate(text) if letter == "}"):
        opened = text.rfind("{", 0, at)
        if opened < max(text.rfind("}", 0, at), text.rfind("\n", 0, at)) or opened == -1:
            yield Fault(
                first and first + text.count("\n", 0, at), "une accolade est fermée sans être ouverte."
            )


def _instead(code: str) -> str:
    near = get_close_matches(fold(code).replace(" ", "_"), FIELDS, n=1)
    return f"Écrivez {{{near[0]}}}." if near else "La liste des champs est sur la page «\u00a0Champs\u00a0»."
