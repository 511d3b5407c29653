"""What is looked at before a letter is signed: what stops the signature, and what is only said."""

from dataclasses import dataclass

from mediane.correspondence.rules.merging import unfinished
from mediane.kit.text import fold

LONGEST_SENTENCE = 30
REMEDIES = ("recours", "tribunal")


@dataclass(frozen=True)
class Remark:
    sentence: str
    stops: bool = False


def review(title: str, body: str, *, is_reply: bool = False) -> list[Remark]:
    """Every remark on a letter, those that stop the signature first."""
    remarks = [
        Remark(f"« {left} » reste à écrire ou à retirer.", stops=True)
        for left in unfinished(f"{title}\n{body}")
    ]
    if not title.strip():
        remarks.append(Remark("La lettre n’a pas de titre.", stops=True))
    if not body.strip():
        remarks.append(Remark("La lettre n’a pas de texte.", stops=True))
    if is_reply and not any(word in fold(body).split() for word in REMEDIES):
        remarks.append(Remark("La lettre ne dit pas comment contester : ni recours, ni tribunal."))
    return remarks + [Remark(f"Phrase longue : « {start}… »") for start in _long_sentences(body)]


def _long_sentences(body: str) -> list[str]:
    flat = body.replace("?", ".").replace("!", ".").replace("\n", ". ")
    sentences = [sentence.split() for sentence in flat.split(". ")]
    return [" ".join(words[:6]) for words in sentences if len(words) > LONGEST_SENTENCE]
