"""What the service is told by e-mail, when, and in which words: counts and references, nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mediane.attendance.states import How, Topic
from mediane.casework.states import Act, Move
from mediane.kit.french import NBSP, number
from mediane.kit.workdays import Zone, is_working_day

GROUPED = timedelta(minutes=10)
# A mail that wakes somebody up is no help.
MORNING, EVENING = time(7), time(20)
DIGESTS_UNTIL = time(12)
SOON = 2  # working days
# What the person does; the same acts by the service are nobody’s news.
ANSWERS = frozenset(
    {
        Act.WRITE,
        Act.SEND_DOCUMENT,
        Act.EXCUSE_DOCUMENT,
        Act.RECEIVE_EMAIL,
        Act.CANCEL_APPOINTMENT,
        Act.SAY_HOW_TO_REACH,
        Move.WITHDRAW,
    }
)
TOLD = (Act.ASSIGN, *sorted(ANSWERS))
MOST_NAMED = 12
HEADINGS = {
    Topic.ANSWERED: "Réponses reçues",
    Topic.ASSIGNED: "Dossiers attribués",
    Topic.DEADLINE: "Échéances proches",
    Topic.COVER: "Remplacements confiés",
    Topic.READING: "Lettres à relire",
}
SUBJECTS = {
    How.AT_ONCE: f"Médiane{NBSP}: du nouveau dans vos dossiers",
    How.DIGEST: f"Médiane{NBSP}: votre résumé du matin",
}


@dataclass(frozen=True)
class Item:
    """One thing to tell once. `about` is its key; without a reference, it is of no case."""

    topic: Topic
    about: str
    reference: str = ""
    is_for_another: bool = False


def topic_of(act: str, by_kind: str) -> Topic | None:
    if act == Act.ASSIGN:
        return Topic.ASSIGNED
    is_hers = by_kind in ("person", "mandate") or act == Act.RECEIVE_EMAIL
    return Topic.ANSWERED if act in ANSWERS and is_hers else None


def is_open_hour(at: datetime, time_zone: str, holidays: Zone, quiet: Sequence[int] = ()) -> bool:
    """Whether a mail may leave now, by the clock of the Caf; `quiet` are days of the week, Monday is 0."""
    local = at.astimezone(ZoneInfo(time_zone))
    is_day = is_working_day(local.date(), holidays) and local.weekday() not in quiet
    return is_day and MORNING <= local.time() < EVENING


def is_time_of_digests(at: datetime, time_zone: str, holidays: Zone, quiet: Sequence[int] = ()) -> bool:
    local = at.astimezone(ZoneInfo(time_zone))
    return is_open_hour(at, time_zone, holidays, quiet) and local.time() < DIGESTS_UNTIL


def morning_of(day: date, time_zone: str) -> datetime:
    """What happens later in the day is for the next digest."""
    return datetime.combine(day, MORNING, ZoneInfo(time_zone))


def text_of(items: Iterable[Item], how: How, site: str) -> str:
    """The references of each topic; a case is said once under each."""
    told = list(items)
    lines = [_line(topic, [one for one in told if one.topic == topic]) for topic in Topic]
    known = "\n".join(line for line in lines if line)
    first = "Ce matin, dans vos dossiers" if how == How.DIGEST else "Du nouveau dans vos dossiers"
    parts = [f"Bonjour,\n\n{first}{NBSP}:", known]
    if any(one.is_for_another for one in told):
        parts.append("Certains de ces dossiers sont ceux d’une personne absente, que vous remplacez.")
    if any(one.topic == Topic.READING for one in told):
        parts.append(f"Ouvrir les lettres à relire{NBSP}:\n{site}/bureau/service/relecture/")
    parts += [
        f"Ouvrir mes dossiers{NBSP}:\n{site}/bureau/?vue=miens",
        f"Choisir ce qui vous est écrit, et quand{NBSP}:\n{site}/bureau/avis/",
        "Ce courriel est envoyé automatiquement. Personne ne lit les réponses.",
    ]
    return "\n\n".join(parts) + "\n"


def _line(topic: Topic, items: Sequence[Item]) -> str:
    if not items:
        return ""
    references = sorted({one.reference for one in items if one.reference})
    if not references:
        return f"{HEADINGS[topic]}{NBSP}: {number(len(items))}"
    named = ", ".join(references[:MOST_NAMED])
    more = len(references) - MOST_NAMED
    rest = f" et {number(more)} de plus" if more > 0 else ""
    return f"{HEADINGS[topic]}{NBSP}: {number(len(references))} ({named}{rest})"
