"""What came since somebody of the service last read, and what services were asked about the case."""

from datetime import date
from typing import Any

from mediane.casework.models import Step
from mediane.casework.queries.casefile import CaseFile
from mediane.casework.states import Act
from mediane.consultations.queries.desk import Shown, consultations_of
from mediane.web.desk.thread import ANSWERED, READ, RECEIVED

FROM_HER = (Act.WRITE, Act.RECEIVE_EMAIL, *RECEIVED)


def asked_about(file: CaseFile, *, today: date) -> list[Shown]:
    """Questions to services; a case whose steps tell of none costs no reading."""
    is_asked = any(step.act == Act.ASK_SERVICE for step in file.steps)
    return consultations_of(file.case, today=today) if is_asked else []


def news_of(file: CaseFile) -> dict[str, Any]:
    """For the sentence of what to do now: services that answered or are late, whether the person wrote, and
    the letter that came back."""
    unread: list[Step] = []
    for step in file.steps:
        if step.act in READ:
            break
        unread.append(step)
    answered = [step.words for step in unread if step.act in ANSWERED and step.by_kind == "service"]
    overdue = dict.fromkeys(step.words for step in reversed(unread) if step.act == Act.CHASE_SERVICE)
    wrote = any(step.act in FROM_HER and step.by_kind != "staff" for step in unread)
    returned = next((one.words for one in file.postings if one.is_back), "")
    return {
        "answered_by": " et ".join(reversed(answered)),
        "person_wrote": wrote or not (answered or overdue),
        "overdue": "\u00a0; ".join(overdue),
        "returned": returned,
    }
