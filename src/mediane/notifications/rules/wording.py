"""The words of an e-mail. A notice says that there is a message, and nothing else."""

from dataclasses import dataclass
from datetime import date

from mediane.kit.french import long_date
from mediane.notifications.rules.acts import Kind

SUBJECTS = {
    Kind.REGISTRATION: "Votre demande est enregistrée",
    Kind.ACKNOWLEDGEMENT: "Accusé de réception de votre demande",
    Kind.NOTICE: "Vous avez un message",
    Kind.POSSIBLE: "Vous avez un message",
    Kind.REMINDER: "Vous avez un rappel",
    Kind.AWAITED: "Vous avez un rappel",
}
FIRST_WORDS = {
    Kind.REGISTRATION: "Votre demande est enregistrée.",
    Kind.ACKNOWLEDGEMENT: "Nous accusons réception de votre demande.",
    Kind.NOTICE: "Vous avez un message dans votre espace personnel.",
    Kind.POSSIBLE: "Vous pouvez reprendre ce que vous aviez commencé.",
    Kind.REMINDER: "Vous avez un rappel pour demain dans votre espace personnel.",
    Kind.AWAITED: "Vous avez un rappel dans votre espace personnel.",
}
LAST_WORDS = (
    "Ce courriel est envoyé automatiquement. Personne ne lit les réponses\u00a0: écrivez depuis votre espace."
)
LAST_WORDS_TO_ANSWER = (
    "Ce courriel est envoyé automatiquement. Vous pouvez y répondre, ou écrire depuis votre espace."
)


@dataclass(frozen=True)
class Receipt:
    """What CRPA R.112-11-1 asks for: the day of receipt, the service in charge and how to reach it."""

    reference: str
    received_on: date
    service: str
    postal_address: str
    phone: str
    email: str


def subject_of(kind: Kind) -> str:
    return SUBJECTS[kind]


def notice_text(kind: Kind, space: str, *, may_reply: bool = False) -> str:
    return _letter(FIRST_WORDS[kind], "", space, may_reply=may_reply)


def receipt_text(kind: Kind, receipt: Receipt, space: str, *, may_reply: bool = False) -> str:
    lines = (
        ("Référence", receipt.reference),
        ("Reçue le", long_date(receipt.received_on)),
        ("Service chargé de votre dossier", f"service médiation, {receipt.service}"),
        ("Adresse", ", ".join(receipt.postal_address.splitlines())),
        ("Téléphone", receipt.phone),
        ("Courriel", receipt.email),
    )
    contents = "\n".join(f"{name}\u00a0: {value}" for name, value in lines if value)
    return _letter(FIRST_WORDS[kind], contents, space, may_reply=may_reply)


def _letter(first: str, contents: str, space: str, *, may_reply: bool) -> str:
    last = LAST_WORDS_TO_ANSWER if may_reply else LAST_WORDS
    parts = ("Bonjour,", first, contents, f"Connectez-vous à votre espace\u00a0:\n{space}", last)
    return "\n\n".join(part for part in parts if part) + "\n"
