"""The words of an e-mail to a service: that a question awaits, by when, and where. Never about whom."""

from datetime import date

from mediane.consultations.states import Word
from mediane.kit.french import long_date

SUBJECTS: dict[str, str] = {
    Word.ASKED: "Une question de la médiation",
    Word.DUE_CHANGED: "Nouvelle date pour une question de la médiation",
    Word.REMINDED: "Relance\u00a0: une question de la médiation",
    Word.REMINDER: "Rappel\u00a0: une question de la médiation",
    Word.OVERDUE: "Relance\u00a0: une question de la médiation attend sa réponse",
    Word.ESCALATION: "Une question de la médiation reste sans réponse",
    Word.STOPPED: "Une question de la médiation n’est plus attendue",
    Word.AGAIN: "Une question de la médiation est de nouveau attendue",
    Word.CALLED_OFF: "Une question de la médiation n’est plus attendue",
}
FIRST_WORDS: dict[str, str] = {
    Word.ASKED: "Le service médiation vous pose une question. Votre réponse est attendue le {due}.",
    Word.DUE_CHANGED: "La date de réponse à une question a changé. Votre réponse est attendue le {due}.",
    Word.REMINDED: "Le service médiation attend votre réponse à une question. La date prévue est le {due}.",
    Word.REMINDER: "Une question attend votre réponse le {due}.",
    Word.OVERDUE: "Une question attendait votre réponse le {due}. Un dossier ne peut pas avancer sans elle.",
    Word.ESCALATION: "Une question posée à votre service attendait une réponse le {due}. "
    "Elle n’est pas arrivée malgré nos relances.",
    Word.STOPPED: "Vous n’avez plus à répondre à une question\u00a0: le dossier est clos.",
    Word.AGAIN: "Le dossier d’une question est rouvert. Votre réponse est attendue le {due}.",
    Word.CALLED_OFF: "Vous n’avez plus à répondre à une question\u00a0: le service médiation l’a retirée.",
}
LAST_WORDS = (
    "Ce courriel est envoyé automatiquement. Personne ne lit les réponses\u00a0: répondez sur la page."
)
# Nothing to read any more behind a link.
OVER = (Word.STOPPED, Word.CALLED_OFF)


def service_subject(word: str) -> str:
    return SUBJECTS[word]


def service_text(word: str, due_on: date, page: str) -> str:
    where = "" if word in OVER else f"Lisez-la et répondez ici\u00a0:\n{page}"
    parts = ("Bonjour,", FIRST_WORDS[word].format(due=long_date(due_on)), where, LAST_WORDS)
    return "\n\n".join(part for part in parts if part) + "\n"
