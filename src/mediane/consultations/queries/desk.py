"""What the mediation reads of its questions: of one case, and of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from mediane.casework.models import Case
from mediane.catalogue.models import Body, Service
from mediane.catalogue.queries import every
from mediane.consultations.models import Chase, Consultation, Joined
from mediane.consultations.queries.sealed import answer_of, said_in
from mediane.consultations.rules import Said, standing
from mediane.consultations.states import Kind, Standing, State
from mediane.documents.models import Document
from mediane.documents.models import State as Checked
from mediane.kit.prepared import prepared

PAGE = 30


@dataclass(frozen=True)
class Shown:
    """A question as the desk shows it, unsealed."""

    consultation: Consultation
    said: Said
    answer: str
    standing: Standing

    @property
    def addressee(self) -> str:
        return addressee(self.consultation)

    @property
    def with_article(self) -> str:
        return with_article(self.consultation)

    @property
    def is_awaited(self) -> bool:
        return self.standing in (Standing.AWAITED, Standing.LATE)

    @property
    def is_unread(self) -> bool:
        return self.consultation.state == State.ANSWERED and self.consultation.read_at is None


@dataclass(frozen=True)
class Opened:
    """One question with all that goes with it."""

    shown: Shown
    shared: list[Document]
    answered: list[Document]
    chases: list[Chase]


def addressee(consultation: Consultation) -> str:
    """« Prestations », « MDPH »."""
    return _entry(consultation).label


def with_article(consultation: Consultation) -> str:
    """« le service des prestations », « la MDPH »."""
    return _entry(consultation).with_article


def _entry(consultation: Consultation) -> Service | Body:
    if consultation.service:
        return every(Service)[consultation.service]
    return every(Body)[consultation.body]


def consultations_of(case: Case, *, today: date) -> list[Shown]:
    """The last one asked first; one statement."""
    rows = _of_case(case=case.pk)
    return [_shown(row, case.is_open, today) for row in rows]


@prepared
def _of_case(*, case: int) -> QuerySet[Consultation]:
    return Consultation.objects.select_related("key").filter(case_id=case).order_by("-rank")


def _shown(row: Consultation, is_case_open: bool, today: date) -> Shown:
    stands = standing(row.state, due_on=row.due_on, today=today, is_case_open=is_case_open)
    return Shown(row, said_in(row), answer_of(row), stands)


def consultation_of(case: Case, rank: int) -> Consultation | None:
    found = Consultation.objects.select_related("key").filter(case=case, rank=rank).first()
    if found is not None:
        found.case = case
    return found


def opened_consultation(consultation: Consultation, *, today: date) -> Opened:
    """Files that the service joined and did not send are nobody’s but its own."""
    joined = Joined.objects.select_related("document").filter(consultation=consultation).order_by("pk")
    files = list(joined.exclude(kind=Kind.DRAFT))
    return Opened(
        _shown(consultation, consultation.case.is_open, today),
        [one.document for one in files if one.kind == Kind.SHARED],
        [one.document for one in files if one.kind == Kind.ANSWER],
        list(consultation.chases.order_by("-at", "-pk")),
    )


def answer_file(consultation: Consultation, public_id: UUID) -> Document | None:
    """A file sent with the answer; those of the case are opened as files of the case."""
    return _files_of(consultation, (Kind.ANSWER,)).filter(public_id=public_id).first()


def _files_of(consultation: Consultation, kinds: Sequence[Kind]) -> QuerySet[Document]:
    joined = Joined.objects.filter(consultation=consultation, kind__in=kinds)
    return Document.objects.select_related("key").filter(pk__in=joined.values("document"))


def files_to_share(case: Case) -> list[Document]:
    """Verified files of the case: what is being checked is sent to nobody."""
    files = Document.objects.filter(key_id=case.key_id, state=Checked.CLEAN)
    return list(files.order_by("-deposited_at", "-pk"))


def answers_told(case: Case) -> list[Shown]:
    """What was asked and answered, for whoever goes on with the case elsewhere."""
    rows = Consultation.objects.select_related("key").filter(case=case).order_by("asked_at", "pk")
    return [_shown(row, case.is_open, row.due_on) for row in rows]


def answer_files(case: Case) -> list[Document]:
    joined = Joined.objects.filter(consultation__case=case, kind=Kind.ANSWER)
    files = Document.objects.select_related("key").filter(pk__in=joined.values("document"))
    return list(files.exclude(state=Checked.REFUSED).order_by("pk"))
