"""What is typed is kept for whoever typed it, once a page, and never over what another page kept."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from mediane.journal.models import Entry
from mediane.journal.rules import Actor, system
from mediane.kit import rowsecurity, sealing
from mediane.unsent import actions, queries, rules
from mediane.unsent.models import KeptText
from tests.cast import Cast

PLACE = "/bureau/dossiers/K7MQ-4TRX/note/"
MINE, OTHER = uuid4(), uuid4()


def kept(by: Actor, at: datetime, words: str = "Elle a rappelé.", **differs: Any) -> KeptText:
    said = {"place": PLACE, "page": MINE, "seen_version": 0} | differs
    return actions.keep(fields={"text": [words]}, by=by, at=at, **said)


@pytest.fixture
def in_paris(cast: Cast):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


def read(by: Actor, place: str = PLACE) -> dict[str, list[str]] | None:
    found = queries.kept_at(place, by)
    return queries.opened(found) if found else None


def test_a_page_keeps_over_itself_and_gives_back_the_last_words(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    kept(cast.nadia, at, "Elle")
    kept(cast.nadia, at, "Elle a rappelé.")
    assert read(cast.nadia) == {"text": ["Elle a rappelé."]}
    assert KeptText.objects.get().version == 2


def test_two_people_on_one_page_keep_one_text_each(cast: Cast, at: datetime, in_paris: None) -> None:
    kept(cast.nadia, at, "De Nadia")
    kept(cast.claire, at, "De Claire", page=OTHER)
    assert (read(cast.nadia), read(cast.claire)) == ({"text": ["De Nadia"]}, {"text": ["De Claire"]})


def test_another_page_of_the_same_person_never_writes_over_it(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    kept(cast.nadia, at, "Première fenêtre")
    with pytest.raises(actions.TypedElsewhere, match="dans une autre fenêtre, le 9\u00a0novembre"):
        kept(cast.nadia, at, "Seconde fenêtre", page=OTHER)
    assert read(cast.nadia) == {"text": ["Première fenêtre"]}


def test_a_page_that_was_given_the_text_goes_on_with_it(cast: Cast, at: datetime, in_paris: None) -> None:
    kept(cast.nadia, at, "Hier")
    kept(cast.nadia, at, "Hier, et ce matin", page=OTHER, seen_version=1)
    with pytest.raises(actions.TypedElsewhere):
        kept(cast.nadia, at, "Hier, et autre chose", page=MINE, seen_version=0)
    assert read(cast.nadia) == {"text": ["Hier, et ce matin"]}


def test_once_sent_it_is_gone_and_what_another_page_holds_stays(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    kept(cast.nadia, at)
    sent: dict[str, Any] = {"place": PLACE, "by": cast.nadia}
    actions.forget(page=OTHER, seen_version=0, **sent)
    assert KeptText.objects.count() == 1
    actions.forget(page=MINE, seen_version=0, **sent)
    actions.forget(page=MINE, seen_version=0, **sent)
    assert KeptText.objects.count() == 0
    # Given back to a page without a script, then sent.
    kept(cast.nadia, at)
    actions.forget(page=OTHER, seen_version=1, **sent)
    assert KeptText.objects.count() == 0


def test_it_is_sealed_for_its_page_and_no_line_of_journal_tells(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    before = Entry.objects.count()
    one = kept(cast.nadia, at)
    assert b"rappel" not in bytes(one.sealed)
    assert Entry.objects.count() == before
    one.place = "/ailleurs/"
    with pytest.raises(sealing.Broken):
        queries.opened(one)


def test_what_belongs_to_the_page_is_not_kept() -> None:
    sent = {"csrfmiddlewaretoken": ["x"], "mandate": ["y"], "kept_page": ["z"], "body": ["Bonjour"]}
    assert rules.typed(sent) == {"body": ["Bonjour"]}


def test_the_service_never_reads_what_a_person_did_not_send(cast: Cast, at: datetime) -> None:
    place = "/espace/K7MQ-4TRX/message/"
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        kept(cast.samira.as_actor(), at, "J’hésite.", place=place)
        assert read(cast.samira.as_actor(), place) == {"text": ["J’hésite."]}
    for context in (
        rowsecurity.staff(cast.paris.pk),
        rowsecurity.person(cast.awa.pk),
        rowsecurity.national(cast.cnaf.pk),
        rowsecurity.service(cast.paris.pk, "BENEFITS"),
        rowsecurity.public(),
    ):
        with rowsecurity.working_for(context):
            assert KeptText.objects.count() == 0


def test_too_long_or_too_many_is_said(cast: Cast, at: datetime, in_paris: None, monkeypatch) -> None:
    with pytest.raises(actions.NotKept, match="trop long"):
        kept(cast.nadia, at, "a" * rules.LONGEST)
    monkeypatch.setattr(actions, "MOST", 1)
    kept(cast.nadia, at)
    with pytest.raises(actions.NotKept, match="Trop de textes"):
        kept(cast.nadia, at, place="/bureau/enregistrer/")


def test_only_who_writes_on_pages_keeps_anything(cast: Cast, at: datetime, in_paris: None) -> None:
    with pytest.raises(PermissionDenied):
        kept(system(cast.paris.pk), at)


def test_a_month_later_it_is_forgotten_whoever_wrote_it(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        kept(cast.samira.as_actor(), at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        kept(cast.nadia, at + timedelta(days=2))
    with rowsecurity.working_for(rowsecurity.upkeep(cast.paris.pk)):
        actions.forget_old(organisation_id=cast.paris.pk, before=at + timedelta(days=1))
        assert [one.writer_kind for one in KeptText.objects.all()] == ["staff"]
