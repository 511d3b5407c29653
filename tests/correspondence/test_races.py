"""Two mediators sign the same reply at the same moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

from django.db import connections

from mediane.casework.models import Case, Closing, Step
from mediane.casework.states import Move, Outcome
from mediane.correspondence import actions, queries
from mediane.correspondence.actions import Conclusion, Edit, Written
from mediane.correspondence.models import Kind, Letter
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from tests.cast import Cast
from tests.letters import LETTER
from tests.stories import a_studied_case

TEXT = LETTER
LATER = timedelta(days=3)
DONE = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))


def together(*acts: Callable[[], None]) -> list[str]:
    """Run each act in a thread of its own, at the same moment; the refusals met."""
    start, refused = Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        start.wait(10)
        try:
            act()
        except Refusal as refusal:
            refused.append(refusal.sentence)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return refused


def signing(letter: Letter, by: Actor, at: datetime) -> Callable[[], None]:
    def sign() -> None:
        with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
            mine = Letter.objects.get(pk=letter.pk)
            actions.sign_and_send(letter=mine, conclusion=DONE, seen_version=2, by=by, at=at)

    return sign


def test_one_signs_and_the_other_is_told(committed: str, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    second = Actor("staff", cast.amine.id, "Agathe Lorin", cast.paris.pk, cast.claire.role, cast.claire.title)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        template = queries.templates_of(Kind.REPLY, at.date())[0]
        letter = actions.begin_reply(case=case, template=template, by=cast.claire, at=at + LATER)
        actions.save_reply(letter=letter, edit=Edit("La Caf révise", TEXT, 1), by=cast.claire, at=at + LATER)

    refused = together(signing(letter, cast.claire, at + LATER), signing(letter, second, at + LATER))

    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        first = Letter.objects.get().signed_by
        assert first in ("Claire Vasseur", "Agathe Lorin")
        assert refused == [
            f"{first} a signé cette réponse le 12\u00a0novembre\u00a02026 à 14\u00a0h\u00a041."
        ]
        assert Closing.objects.get().closed_by == first
        assert Step.objects.filter(act=Move.ANSWER).count() == 1
        assert not Case.objects.get(pk=case.pk).is_open


def test_two_begin_the_same_reply_and_share_one_draft(committed: str, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    template = queries.templates_of(Kind.REPLY, at.date())[0]

    def begin(by: Actor) -> Callable[[], None]:
        def act() -> None:
            with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
                mine = Case.objects.get(pk=case.pk)
                actions.begin_reply(case=mine, template=template, by=by, at=at + LATER)

        return act

    assert together(begin(cast.claire), begin(cast.nadia)) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Letter.objects.count() == 1


def test_two_save_at_once_and_both_texts_stand(committed: str, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    base = Written("La Caf révise", TEXT)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        template = queries.templates_of(Kind.REPLY, at.date())[0]
        letter = actions.begin_reply(case=case, template=template, by=cast.claire, at=at + LATER)
        actions.save_reply(letter=letter, edit=Edit(base.title, base.body, 1), by=cast.claire, at=at + LATER)

    def write(by: Actor, edit: Edit) -> Callable[[], None]:
        def act() -> None:
            with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
                mine = Letter.objects.get(pk=letter.pk)
                actions.save_reply(letter=mine, edit=edit, by=by, at=at + LATER)

        return act

    hers = Edit("La Caf change sa décision", TEXT, 2, base=base)
    mine = Edit(base.title, f"{TEXT}\n\nBien à vous.", 2, base=base)
    assert together(write(cast.nadia, hers), write(cast.claire, mine)) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        kept = Letter.objects.get()
        assert (kept.title, kept.body) == (hers.title, mine.body)


def test_words_saved_while_somebody_approves_are_not_approved(
    committed: str, cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        template = queries.templates_of(Kind.REPLY, at.date())[0]
        letter = actions.begin_reply(case=case, template=template, by=cast.claire, at=at + LATER)

    def save() -> None:
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            edit = Edit("La Caf révise", TEXT, 1)
            actions.save_reply(letter=fresh(letter), edit=edit, by=cast.claire, at=at + LATER)

    def approve() -> None:
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            given = {"seen_version": 1, "approves": True, "remarks": "", "by": cast.nadia, "at": at + LATER}
            actions.read_over(letter=fresh(letter), **given)

    refused = together(save, approve)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert fresh(letter).unread_by == {str(cast.claire.id): "Claire Vasseur"}
        assert len(refused) == 1 - fresh(letter).readings.count()


def fresh(letter: Letter) -> Letter:
    return Letter.objects.select_related("case__key", "case__organisation").get(pk=letter.pk)
