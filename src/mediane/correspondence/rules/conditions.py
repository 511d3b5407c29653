"""Paragraphs of a template kept or left out by the case: « [si prestation: APL, ALS] », then « [sinon] ».

Heads stand at the beginning of a paragraph, which ends with an empty line. Several heads must all hold.
« [sinon] » follows paragraphs with heads, and is kept when none of them was. There is nothing else: no
nesting, no calculation, nothing evaluated.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mediane.kit.text import fold

HEAD = re.compile(r"\[[ \t]*(sinon|si)\b([^\[\]\n]*)(\]?)", re.IGNORECASE)
PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
ELSE = "[sinon]"
LONELY = f"«\u00a0{ELSE}\u00a0» ne suit aucun paragraphe qui commence par «\u00a0[si …]\u00a0»."
ALONE = f"«\u00a0{ELSE}\u00a0» s’écrit seul, sans «\u00a0[si …]\u00a0»."
# What is known of a case, by criterion: None when it is not known yet.
Facts = Mapping[str, frozenset[str] | None]


@dataclass(frozen=True)
class Criterion:
    """What a condition may ask. `values` are codes with the word that is typed for each."""

    word: str
    label: str
    values: Mapping[str, str]

    def code_of(self, typed: str) -> str | None:
        """By its word or its code, whatever the capitals and accents."""
        asked = fold(typed)
        return next((code for code, word in self.values.items() if asked in (fold(word), fold(code))), None)


@dataclass(frozen=True)
class Condition:
    """One of `codes` at least is true of the case."""

    criterion: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """What stops a template from being saved, and what to do."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Ligne\u00a0{self.line}\u00a0: {self.sentence}" if self.line else self.sentence


@dataclass(frozen=True)
class Paragraph:
    text: str
    conditions: tuple[Condition, ...] = ()
    is_else: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Parsed:
    paragraphs: tuple[Paragraph, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Sorted:
    """A paragraph, and what its condition says: None while that is not known."""

    paragraph: Paragraph
    is_kept: bool | None


def parse(text: str, known: Sequence[Criterion]) -> Parsed:
    """The paragraphs of a template in order, with everything that is wrong in their heads."""
    paragraphs: list[Paragraph] = []
    faults: list[Fault] = []
    for line, block in _blocks(text):
        paragraph, wrong = _read(line, block, known)
        follows = bool(paragraphs) and bool(paragraphs[-1].conditions)
        if paragraph.is_else and not follows:
            wrong.append(Fault(line, LONELY))
        paragraphs.append(paragraph)
        faults += wrong
    return Parsed(tuple(paragraphs), tuple(faults))


def write(paragraphs: Sequence[Paragraph], known: Sequence[Criterion]) -> str:
    """The text that parses into these paragraphs."""
    by_word = {criterion.word: criterion for criterion in known}
    return "\n\n".join(
        "\n".join(
            [*(head_of(one, by_word) for one in paragraph.conditions), *_else(paragraph), paragraph.text]
        )
        for paragraph in paragraphs
    )


def head_of(condition: Condition, known: Mapping[str, Criterion]) -> str:
    """« [si prestation: APL, ALS] »."""
    values = known[condition.criterion].values
    return f"[si {condition.criterion}: {', '.join(values[code] for code in condition.codes)}]"


def sort(paragraphs: Sequence[Paragraph], facts: Facts) -> list[Sorted]:
    """Every paragraph once, in order, with what the case says of it."""
    done: list[Sorted] = []
    chain: list[bool | None] = []
    for paragraph in paragraphs:
        if paragraph.is_else:
            is_kept = _none_of(chain)
            chain = []
        else:
            is_kept = _all_of([_holds(one, facts) for one in paragraph.conditions])
            chain = [*chain, is_kept] if paragraph.conditions else []
        done.append(Sorted(paragraph, is_kept))
    return done


def kept_text(text: str, known: Sequence[Criterion], facts: Facts) -> str:
    """The text of a letter. What is not known yet stays, under words that stop the signature."""
    by_word = {criterion.word: criterion for criterion in known}
    left = [one for one in sort(parse(text, known).paragraphs, facts) if one.is_kept is not False]
    return "\n\n".join(
        one.paragraph.text if one.is_kept else f"{_to_choose(one.paragraph, by_word)}\n{one.paragraph.text}"
        for one in left
    )


def in_words(paragraph: Paragraph, known: Mapping[str, Criterion]) -> str:
    """« prestation : APL ou ALS »; empty for a paragraph that is always there."""
    if paragraph.is_else:
        return "sinon"
    said = ((known[one.criterion], one.codes) for one in paragraph.conditions)
    return ", et ".join(
        f"{asked.label}\u00a0: {' ou '.join(asked.values[code] for code in codes)}" for asked, codes in said
    )


def asked_of(paragraphs: Sequence[Paragraph]) -> dict[str, list[str]]:
    """The values that a text looks at, by criterion, in the order they come."""
    asked: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        for one in paragraph.conditions:
            codes = asked.setdefault(one.criterion, [])
            codes += [code for code in one.codes if code not in codes]
    return asked


def _to_choose(paragraph: Paragraph, known: Mapping[str, Criterion]) -> str:
    if paragraph.is_else:
        return "[À garder si les paragraphes précédents sont retirés]"
    return f"[À garder selon la situation, {in_words(paragraph, known)}]"


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each paragraph with the number of its first line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    for stop, end in [*((found.start(), found.end()) for found in PARAGRAPH.finditer(text)), (len(text), 0)]:
        block = text[start:stop]
        if block.strip():
            before = text[: start + len(block) - len(block.lstrip())]
            yield before.count("\n") + 1, block.strip()
        start = end


def _read(line: int, block: str, known: Sequence[Criterion]) -> tuple[Paragraph, list[Fault]]:
    conditions: list[Condition] = []
    faults: list[Fault] = []
    is_else, here, rest = False, line, block
    while (found := HEAD.match(rest)) is not None:
        if found[1].lower() == "sinon":
            is_else = True
            faults += _faults_of_else(here, found, bool(conditions))
        else:
            condition, wrong = _condition(here, found, known)
            conditions += [condition] if condition else []
            faults += wrong
            if is_else:
                faults.append(Fault(here, ALONE))
        after = rest[found.end() :]
        rest = after.lstrip()
        here += after[: len(after) - len(rest)].count("\n")
    if not rest:
        faults.append(Fault(line, "cette condition ne porte sur aucun texte. Écrivez-le juste dessous."))
    faults += _stray(here, rest)
    return Paragraph(rest, () if is_else else tuple(conditions), is_else, line), faults


def _faults_of_else(line: int, found: re.Match[str], after_a_condition: bool) -> list[Fault]:
    if found[2].strip() or not found[3]:
        return [Fault(line, f"«\u00a0{found[0]}\u00a0» se lit mal. Écrivez {ELSE}.")]
    if after_a_condition:
        return [Fault(line, ALONE)]
    return []


def _condition(
    line: int, found: re.Match[str], known: Sequence[Criterion]
) -> tuple[Condition | None, list[Fault]]:
    word, colon, typed = found[2].partition(":")
    if not colon or not found[3]:
        example = head_of(Condition(known[0].word, tuple(known[0].values)[:1]), {known[0].word: known[0]})
        return None, [
            Fault(
                line, f"«\u00a0{found[0].strip()}\u00a0» n’est pas une condition complète. Écrivez {example}."
            )
        ]
    asked = next((one for one in known if fold(one.word) == fold(word)), None)
    if asked is None:
        words = ", ".join(one.word for one in known)
        return None, [
            Fault(
                line, f"«\u00a0{word.strip()}\u00a0» n’est pas une condition connue. Écrivez\u00a0: {words}."
            )
        ]
    codes: list[str] = []
    faults: list[Fault] = []
    for one in filter(None, map(str.strip, typed.split(","))):
        code = asked.code_of(one)
        if code is None:
            faults.append(Fault(line, f"«\u00a0{one}\u00a0» n’est pas connu. {_list_of(asked)}"))
        elif code not in codes:
            codes.append(code)
    if not codes and not faults:
        faults.append(Fault(line, f"cette condition ne dit aucune valeur. {_list_of(asked)}"))
    return (Condition(asked.word, tuple(codes)) if codes else None), faults


def _list_of(criterion: Criterion) -> str:
    return f"Pour «\u00a0{criterion.word}\u00a0», écrivez\u00a0: {', '.join(criterion.values.values())}."


def _stray(line: int, text: str) -> list[Fault]:
    """Heads elsewhere than at the beginning: they would be printed."""
    return [
        Fault(
            line + text.count("\n", 0, found.start()),
            f"«\u00a0{found[0].strip()}\u00a0» est au milieu d’un paragraphe. Laissez une ligne vide avant.",
        )
        for found in HEAD.finditer(text)
    ]


def _else(paragraph: Paragraph) -> list[str]:
    return [ELSE] if paragraph.is_else else []


def _holds(condition: Condition, facts: Facts) -> bool | None:
    true = facts.get(condition.criterion)
    return None if true is None else not true.isdisjoint(condition.codes)


def _all_of(answers: Sequence[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _none_of(answers: Sequence[bool | None]) -> bool | None:
    if True in answers:
        return False
    return None if None in answers else True
