"""What becomes of a mail is decided once, by one person."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from mediane.casework.models import Case, Message
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.mailroom import actions
from mediane.mailroom.actions.sorting import AlreadySorted
from mediane.mailroom.models import Mail
from mediane.mailroom.states import State, Why
from tests.casework.actions.test_register import a_letter
from tests.cast import Cast
from tests.mailroom.letters import a_mail, taken, the_mail
from tests.stories import a_case

pytestmark = pytest.mark.usefixtures("opened")


def staff(cast: Cast) -> rowsecurity.Context:
    return rowsecurity.staff(cast.paris.pk)


def test_a_mail_attached_is_a_message_like_another(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    taken(a_mail("Bonjour"), by_caf=cast.paris, at=at)
    mail = the_mail(cast.paris)
    with rowsecurity.working_for(staff(cast)):
        message = actions.attach(mail=mail, case=case, by=cast.nadia, at=at)
        assert message.body == "Ma demande\n\nBonjour"
        assert (mail.state, mail.sorted_by) == (State.ATTACHED, "Nadia Pruvost")
        assert Case.objects.get(pk=case.pk).has_news
        verbs = Entry.objects.filter(subject=str(mail.public_id)).order_by("pk")
        assert list(verbs.values_list("verb", flat=True)) == ["take_mail", "attached_mail"]


def test_what_was_set_aside_may_still_be_attached_and_nothing_else_twice(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    taken(a_mail(), by_caf=cast.paris, at=at)
    mail = the_mail(cast.paris)
    with rowsecurity.working_for(staff(cast)):
        actions.set_aside(mail=mail, why=Why.NOT_FOR_US, words="Autre service", by=cast.nadia, at=at)
        assert (mail.state, mail.why) == (State.SET_ASIDE, Why.NOT_FOR_US)
        opened = actions.register(mail=mail, entry=a_letter(), of=cast.lucette, by=cast.claire, at=at)
        assert (mail.state, mail.why, mail.case_id) == (State.REGISTERED, "", opened.pk)
        with pytest.raises(AlreadySorted, match="Claire Vasseur a classé ce courriel"):
            actions.set_aside(mail=mail, why=Why.NOT_FOR_US, by=cast.nadia, at=at)
        with pytest.raises(AlreadySorted):
            actions.attach(mail=mail, case=case, by=cast.nadia, at=at)


def test_registered_twice_from_one_page_it_opens_one_case(cast: Cast, at: datetime) -> None:
    taken(a_mail(), by_caf=cast.paris, at=at)
    mail, entry = the_mail(cast.paris), a_letter()
    with rowsecurity.working_for(staff(cast)):
        first = actions.register(mail=mail, entry=entry, of=cast.lucette, by=cast.claire, at=at)
        again = actions.register(mail=mail, entry=entry, of=cast.lucette, by=cast.claire, at=at)
        assert first == again == Case.objects.get()
        with pytest.raises(AlreadySorted, match="Claire Vasseur a classé ce courriel"):
            actions.register(mail=mail, entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
        assert Case.objects.count() == 1


def test_nobody_of_another_caf_sorts_it(cast: Cast, at: datetime) -> None:
    taken(a_mail(), by_caf=cast.paris, at=at)
    mail = the_mail(cast.paris)
    with pytest.raises(PermissionDenied), rowsecurity.working_for(staff(cast)):
        actions.set_aside(mail=mail, why=Why.NOT_FOR_US, by=cast.remi, at=at)
    with pytest.raises(Mail.DoesNotExist), rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        actions.open_mail(public_id=mail.public_id, by=cast.remi, at=at)


VERBS: dict[str, Callable[[Mail, Case, Actor, datetime], object]] = {
    "attach": lambda mail, case, by, at: actions.attach(mail=mail, case=case, by=by, at=at),
    "register": lambda mail, case, by, at: actions.register(
        mail=mail, entry=a_letter(), of=case.beneficiary, by=by, at=at
    ),
    "set_aside": lambda mail, case, by, at: actions.set_aside(mail=mail, why=Why.NOT_FOR_US, by=by, at=at),
}


@pytest.mark.parametrize(
    ("mine", "yours"),
    [("attach", "attach"), ("attach", "register"), ("set_aside", "set_aside"), ("register", "register")],
)
def test_of_two_people_at_once_one_is_told_who_was_first(
    committed: str, cast: Cast, at: datetime, mine: str, yours: str
) -> None:
    case = a_case(cast.samira, at)
    taken(a_mail(), by_caf=cast.paris, at=at)
    pk, together = the_mail(cast.paris).pk, Barrier(2)

    def act(verb: str, by: Actor) -> str:
        try:
            with rowsecurity.working_for(staff(cast)):
                mail = Mail.objects.select_related("key", "organisation").get(pk=pk)
                target = Case.objects.select_related("key", "organisation").get(pk=case.pk)
                together.wait(timeout=10)
                VERBS[verb](mail, target, by, at)
        except Refusal as refusal:
            return refusal.sentence
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(act, (mine, yours), (cast.nadia, cast.claire)))
    assert said.count("done") == 1
    assert any("a classé ce courriel" in sentence for sentence in said)
    with rowsecurity.working_for(staff(cast)):
        assert Message.objects.filter(case_id=case.pk).count() <= 1
