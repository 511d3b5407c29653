"""What may happen to a case of the demonstration: each act is a verb of the product."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mediane.casework import actions as casework
from mediane.casework.models import Case, RequestedDocument
from mediane.casework.states import Outcome, State, Weighing
from mediane.consultations import actions as consultations
from mediane.correspondence import actions as correspondence
from mediane.correspondence.models import Kind, Letter, LetterTemplate
from mediane.correspondence.queries import template_of, templates_of
from mediane.correspondence.queries.enclosures import may_be_enclosed
from mediane.correspondence.rules.enclosed import Ticked
from mediane.documents import actions as documents
from mediane.integrations.demonstration.analysis import analysed
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.moments import workday
from mediane.integrations.demonstration.papers import sheet
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.workdays import Zone

Words = dict[str, Any]
# As many documents of a case go with its reply.
ENCLOSED = 2


@dataclass(frozen=True)
class Scene:
    """Who acts on what, and when."""

    case: Case
    person: Actor
    staff: Actor
    mediator: Actor
    at: datetime
    today: date
    topic: Words
    is_of_the_cast: bool
    holidays: Zone

    def from_today(self, offset: int) -> date:
        return workday(self.today, offset, self.holidays)


def by_the_service(act: Callable[[Scene, Words], None]) -> Callable[[Scene, Words], None]:
    def played(scene: Scene, words: Words) -> None:
        with rowsecurity.working_for(rowsecurity.staff(scene.case.organisation_id)):
            act(scene, words)

    return played


def by_the_person(act: Callable[[Scene, Words], None]) -> Callable[[Scene, Words], None]:
    def played(scene: Scene, words: Words) -> None:
        with rowsecurity.working_for(rowsecurity.person(scene.person.id)):
            act(scene, words)

    return played


@by_the_service
def take_up(scene: Scene, _: Words) -> None:
    casework.take_up(case=scene.case, by=scene.staff, at=scene.at)


@by_the_service
def admit(scene: Scene, _: Words) -> None:
    template = template_of(Kind.ADMISSIBLE, scene.today)
    letter = correspondence.decide_admissible(
        case=scene.case,
        ruling=correspondence.Ruling(),
        letter=_notice(template),
        by=scene.mediator,
        at=scene.at,
    )
    _print(scene, letter)


@by_the_service
def reject(scene: Scene, words: Words) -> None:
    ruling = correspondence.Ruling(reason=words["reason"])
    template = template_of(Kind.INADMISSIBLE, scene.today)
    letter = correspondence.decide_inadmissible(
        case=scene.case, ruling=ruling, letter=_notice(template), by=scene.mediator, at=scene.at
    )
    _print(scene, letter)


@by_the_service
def redirect(scene: Scene, words: Words) -> None:
    agreed_on = scene.at.date() if words.get("agreed") else None
    ruling = correspondence.Ruling(reason=words["reason"], body=words["body"], agreed_on=agreed_on)
    template = template_of(Kind.REDIRECTED, scene.today)
    letter = correspondence.redirect(
        case=scene.case, ruling=ruling, letter=_notice(template), by=scene.staff, at=scene.at
    )
    _print(scene, letter)


@by_the_service
def reclassify(scene: Scene, words: Words) -> None:
    template = template_of(Kind.RECLASSIFIED, scene.today)
    letter = correspondence.reclassify(
        case=scene.case,
        to=State.UNDER_STUDY,
        ruling=correspondence.Ruling(because=words["because"]),
        letter=_notice(template),
        by=scene.mediator,
        at=scene.at,
    )
    _print(scene, letter)


@by_the_service
def weigh(scene: Scene, words: Words) -> None:
    weighing = Weighing(words["weighing"])
    casework.weigh_urgency(
        case=scene.case, signal=words["signal"], weighing=weighing, by=scene.staff, at=scene.at
    )


@by_the_service
def court(scene: Scene, words: Words) -> None:
    ruling = correspondence.Ruling(seized_on=scene.at.date(), evidence=words["evidence"])
    template = template_of(Kind.LITIGATION, scene.today)
    letter = correspondence.end_by_litigation(
        case=scene.case, ruling=ruling, letter=_notice(template), by=scene.mediator, at=scene.at
    )
    _print(scene, letter)


@by_the_service
def ask(scene: Scene, words: Words) -> None:
    casework.ask_documents(
        case=scene.case,
        labels=words["labels"],
        due_on=scene.from_today(words["due"]),
        words=words.get("words", ""),
        by=scene.staff,
        at=scene.at,
    )


@by_the_person
def send(scene: Scene, words: Words) -> None:
    """The first document still awaited."""
    awaited = RequestedDocument.objects.select_related("request").filter(
        request__case=scene.case, answered_at=None
    )
    item = awaited.order_by("pk")[0]
    position = len(scene.topic["files"]) + 1
    document = documents.deposit(
        name=words["file"],
        data=sheet(words["file"]),
        position=position,
        key=scene.case.key,
        by=scene.person,
        at=scene.at,
    )
    casework.send_document(case=scene.case, item=item, document=document, by=scene.person, at=scene.at)


@by_the_service
def hold(scene: Scene, words: Words) -> None:
    casework.await_decision(
        case=scene.case,
        body=words["body"],
        reason=words["reason"],
        look_again_on=scene.from_today(words["again"]),
        by=scene.staff,
        at=scene.at,
    )


@by_the_service
def consult(scene: Scene, words: Words) -> None:
    asked = consultations.Asked(
        service=words["service"],
        question=words["question"],
        due_on=scene.from_today(words["due"]),
        is_named=True,
    )
    consultations.ask(case=scene.case, asked=asked, by=scene.staff, at=scene.at)


@by_the_service
def resume(scene: Scene, _: Words) -> None:
    casework.resume(case=scene.case, by=scene.staff, at=scene.at)


@by_the_service
def note(scene: Scene, words: Words) -> None:
    casework.note(case=scene.case, text=words["text"], by=scene.staff, at=scene.at)


@by_the_service
def write_person(scene: Scene, words: Words) -> None:
    casework.write_to_person(case=scene.case, body=words["body"], by=scene.staff, at=scene.at)


@by_the_person
def write_service(scene: Scene, words: Words) -> None:
    casework.write_to_service(case=scene.case, body=words["body"], by=scene.person, at=scene.at)


@by_the_person
def withdraw(scene: Scene, _: Words) -> None:
    casework.withdraw(case=scene.case, by=scene.person, at=scene.at)


@by_the_service
def draft(scene: Scene, words: Words) -> None:
    _write_reply(scene, words["template"])


@by_the_service
def answer(scene: Scene, words: Words) -> None:
    letter = _write_reply(scene, words["template"])
    conclusion = correspondence.Conclusion(
        outcome=Outcome(words["outcome"]),
        cause=scene.topic["cause"],
        grounds=tuple(scene.topic["grounds"]),
        analysis=analysed(scene.topic, words["outcome"], scene.at),
    )
    correspondence.sign_and_send(
        letter=letter, conclusion=conclusion, seen_version=letter.version, by=scene.mediator, at=scene.at
    )
    _print(scene, letter)


def _print(scene: Scene, letter: Letter) -> None:
    """The cast's letters are ready at once; the others are made by their job."""
    if scene.is_of_the_cast:
        correspondence.make_pdf(letter=letter, at=scene.at)


def _notice(template: LetterTemplate) -> correspondence.LetterText:
    return correspondence.LetterText(template, template.body)


def _write_reply(scene: Scene, code: str) -> Letter:
    """A reply whose blanks are filled in, with the first documents of the case."""
    template = next(one for one in templates_of(Kind.REPLY, scene.today) if one.code == code)
    letter = correspondence.begin_reply(case=scene.case, template=template, by=scene.staff, at=scene.at)
    body = letter.body
    for blank, text in read("replies")[code].items():
        body = body.replace(blank, text)
    pieces = tuple(one.public_id for one in may_be_enclosed(scene.case)[:ENCLOSED])
    edit = correspondence.Edit(letter.title, body, letter.version, ticked=Ticked(pieces, ()))
    correspondence.save_reply(letter=letter, edit=edit, by=scene.staff, at=scene.at)
    return letter


ACTS: dict[str, Callable[[Scene, Words], None]] = {
    "take_up": take_up,
    "admit": admit,
    "reject": reject,
    "redirect": redirect,
    "reclassify": reclassify,
    "weigh": weigh,
    "court": court,
    "ask": ask,
    "send": send,
    "hold": hold,
    "consult": consult,
    "resume": resume,
    "note": note,
    "write_person": write_person,
    "write_service": write_service,
    "withdraw": withdraw,
    "draft": draft,
    "answer": answer,
}
