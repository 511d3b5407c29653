"""What is said in a question, sealed with its own key: opened here, and nowhere else."""

import json
from dataclasses import asdict

from mediane.consultations.models import AnswerDraft, Consultation
from mediane.consultations.rules import Said
from mediane.documents.queries import opened
from mediane.kit import sealing


def sealed_question(consultation: Consultation, said: Said) -> bytes:
    return _seal(consultation, "question", json.dumps(asdict(said)))


def said_in(consultation: Consultation) -> Said:
    return Said(**json.loads(_unseal(consultation, "question", consultation.sealed)))


def sealed_answer(consultation: Consultation, text: str) -> bytes:
    return _seal(consultation, "answer", text)


def answer_of(consultation: Consultation) -> str:
    """Empty, as long as there is none."""
    sealed = consultation.sealed_answer
    return "" if sealed is None else _unseal(consultation, "answer", sealed)


def sealed_draft(consultation: Consultation, text: str) -> bytes:
    return _seal(consultation, "draft", text)


def text_of(draft: AnswerDraft | None, consultation: Consultation) -> str:
    return "" if draft is None else _unseal(consultation, "draft", draft.sealed)


def _seal(consultation: Consultation, part: str, text: str) -> bytes:
    return sealing.seal(text.encode(), opened(consultation.key), context=_place(consultation, part))


def _unseal(consultation: Consultation, part: str, sealed: bytes | memoryview) -> str:
    plain = sealing.unseal(bytes(sealed), opened(consultation.key), context=_place(consultation, part))
    return plain.decode()


def _place(consultation: Consultation, part: str) -> bytes:
    return f"consultations.{part}:".encode() + consultation.public_id.bytes
