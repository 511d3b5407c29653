"""Taking a mandate back while something is being sent under it: one waits, then sees what the other did."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event

from django.db import connection, connections, transaction

from mediane.casework import actions as casework
from mediane.casework.models import Message
from mediane.kit import rowsecurity
from mediane.mandates import actions
from mediane.mandates.models import Mandate
from mediane.mandates.queries import running
from tests.cast import Cast
from tests.mandates.stories import acting, given, sent
from tests.stories import a_case


def apart(act):
    """In a connection of its own."""

    def run(*args):
        try:
            return act(*args)
        finally:
            connections.close_all()

    return run


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def test_what_is_being_sent_ends_before_the_mandate_does(committed: str, cast: Cast, at: datetime) -> None:
    case, mandate = a_case(cast.samira, at), given(cast.samira, at)
    holds, go_on = Event(), Event()

    @apart
    def send() -> None:
        with transaction.atomic():
            rowsecurity.set_for_transaction(rowsecurity.representative(mandate.representative.account))
            assert running(mandate.pk, is_written=True)
            rowsecurity.set_for_transaction(rowsecurity.acting(mandate.pk))
            holds.set()
            assert go_on.wait(10)
            casework.write_to_service(case=case, body="Bonjour", by=mandate.as_actor(), at=at)

    @apart
    def take_back() -> None:
        with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
            actions.revoke(mandate=Mandate.objects.get(pk=mandate.pk), by=cast.samira.as_actor(), at=at)

    with ThreadPoolExecutor(2) as both:
        sending = both.submit(send)
        assert holds.wait(10)
        taking = both.submit(take_back)
        while not somebody_waits() and not taking.done():
            pass
        go_on.set()
        sending.result(10)
        taking.result(10)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Message.objects.get().author == "Maud Garrigues, pour Samira Belkacem"
        assert Mandate.objects.get().revoked_by == "Samira Belkacem"


def test_what_comes_after_is_not_sent_and_is_shown(committed: str, cast: Cast, at: datetime) -> None:
    case, mandate = a_case(cast.samira, at), given(cast.samira, at)
    browser, taken, go_on = acting(mandate), Event(), Event()

    @apart
    def take_back() -> None:
        with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
            actions.revoke(mandate=Mandate.objects.get(pk=mandate.pk), by=cast.samira.as_actor(), at=at)
            taken.set()
            assert go_on.wait(10)

    @apart
    def send():
        return browser.post(f"/espace/{case.reference}/message/", sent(mandate, body="Voici mes mots à moi"))

    with ThreadPoolExecutor(2) as both:
        taking = both.submit(take_back)
        assert taken.wait(10)
        sending = both.submit(send)
        while not somebody_waits() and not sending.done():
            pass
        go_on.set()
        taking.result(10)
        page = sending.result(10)
    assert page.status_code == 403
    assert "Voici mes mots à moi" in page.content.decode()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Message.objects.exists()
