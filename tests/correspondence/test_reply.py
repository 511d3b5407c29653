import hashlib
import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from PIL import Image
from pypdf import PdfReader

from mediane.casework.models import Case, Closing
from mediane.casework.states import Outcome, State
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.correspondence import actions, queries
from mediane.correspondence.actions import AlreadySigned, Conclusion, Edit, NotReady, SavedMeanwhile
from mediane.correspondence.models import Kind, Letter
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity, sealing
from tests.cast import Cast
from tests.stories import a_studied_case

LATER = timedelta(days=2)
DONE = Conclusion(Outcome.PARTLY_REVISED, "ASSESSMENT_ERROR", ("OVERPAYMENT_NOT_UNDERSTOOD",))
BODY = """Madame,

## Ce que j’ai constaté

Votre salaire d’avril a été compté deux fois.

Trop-perçu demandé | 1 842,60 €
= Somme due | 614,20 €

## Si vous n’êtes pas d’accord

Vous pouvez saisir la commission de recours amiable, puis le tribunal administratif."""


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


@pytest.fixture
def in_paris(cast: Cast, case: Case):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


def begun(case: Case, by: Actor, at: datetime) -> Letter:
    template = queries.templates_of(Kind.REPLY, at.date())[0]
    return actions.begin_reply(case=case, template=template, by=by, at=at)


def finished(case: Case, by: Actor, at: datetime, body: str = BODY) -> Letter:
    letter = begun(case, by, at)
    edit = Edit("La Caf annule une partie de votre dette", body, letter.version)
    actions.save_reply(letter=letter, edit=edit, by=by, at=at)
    return letter


def test_a_reply_begins_with_the_values_of_the_case(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    letter = begun(case, cast.nadia, at + LATER)

    assert letter.body.startswith("Madame,\n\nVous m’avez écrit le 9\u00a0novembre\u00a02026")
    assert "tribunal administratif" in letter.body
    assert "{" not in letter.body
    assert Case.objects.get(pk=case.pk).has_draft_reply


def test_a_case_has_one_draft(cast: Cast, case: Case, at: datetime, in_paris: None) -> None:
    assert begun(case, cast.nadia, at + LATER) == begun(case, cast.claire, at + LATER)


def test_what_is_between_brackets_stops_the_signature_and_is_named(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    letter = begun(case, cast.claire, at + LATER)
    with pytest.raises(NotReady, match=r"\[Dites ce que vous avez vérifié.\]"):
        actions.sign_and_send(letter=letter, conclusion=DONE, seen_version=1, by=cast.claire, at=at + LATER)
    assert Case.objects.get(pk=case.pk).is_open
    assert Letter.objects.get(pk=letter.pk).signed_at is None


def test_the_reply_is_signed_and_closes_the_case(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    letter = finished(case, cast.nadia, at + LATER)
    actions.sign_and_send(
        letter=letter, conclusion=DONE, seen_version=letter.version, by=cast.claire, at=at + LATER
    )

    closed = Case.objects.get(pk=case.pk)
    assert (closed.state, closed.cause, closed.has_draft_reply) == (State.ANSWERED, "ASSESSMENT_ERROR", False)
    assert Closing.objects.get(case=case).outcome == Outcome.PARTLY_REVISED
    assert letter.signed_as == "Médiatrice de la Caf de Paris"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'letter_id')::int FROM procrastinate_jobs WHERE task_name = 'make_letter'"
        )
        assert cursor.fetchall() == [(letter.pk,)]


def test_an_officer_writes_and_does_not_sign(cast: Cast, case: Case, at: datetime, in_paris: None) -> None:
    letter = finished(case, cast.nadia, at + LATER)
    with pytest.raises(PermissionDenied):
        actions.sign_and_send(
            letter=letter, conclusion=DONE, seen_version=letter.version, by=cast.nadia, at=at + LATER
        )


def test_the_second_to_sign_is_told_who_was_first(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    letter = finished(case, cast.nadia, at + LATER)
    seen_twice = Letter.objects.get(pk=letter.pk)
    actions.sign_and_send(
        letter=letter, conclusion=DONE, seen_version=letter.version, by=cast.claire, at=at + LATER
    )
    with pytest.raises(
        AlreadySigned, match="Claire Vasseur a signé cette réponse le 11\u00a0novembre\u00a02026"
    ):
        actions.sign_and_send(
            letter=seen_twice, conclusion=DONE, seen_version=letter.version, by=cast.claire, at=at + LATER
        )


def test_the_second_to_save_overwrites_nothing(cast: Cast, case: Case, at: datetime, in_paris: None) -> None:
    letter = begun(case, cast.claire, at + LATER)
    mine = Letter.objects.get(pk=letter.pk)
    actions.save_reply(letter=letter, edit=Edit("T", "Le texte de Nadia", 1), by=cast.nadia, at=at + LATER)
    with pytest.raises(SavedMeanwhile, match="Nadia Pruvost a enregistré une autre version") as refused:
        actions.save_reply(letter=mine, edit=Edit("T", "Le mien", 1), by=cast.claire, at=at + LATER)
    assert refused.value.theirs.body == "Le texte de Nadia"
    assert Letter.objects.get(pk=letter.pk).body == "Le texte de Nadia"


def test_one_page_saves_itself_as_often_as_it_likes(
    cast: Cast, case: Case, at: datetime, in_paris: None
) -> None:
    letter, page = begun(case, cast.claire, at + LATER), uuid4()
    for words in ("Un", "Un texte", "Un texte plus long"):
        actions.save_reply(letter=letter, edit=Edit("T", words, 1, page), by=cast.claire, at=at + LATER)
    assert (letter.body, letter.version) == ("Un texte plus long", 4)
    with pytest.raises(SavedMeanwhile):
        actions.save_reply(
            letter=letter, edit=Edit("T", "Autre onglet", 1, uuid4()), by=cast.claire, at=at + LATER
        )


def test_a_draft_is_not_thrown_away_unseen(cast: Cast, case: Case, at: datetime, in_paris: None) -> None:
    letter = finished(case, cast.nadia, at + LATER)
    with pytest.raises(SavedMeanwhile):
        actions.discard_reply(letter=letter, seen_version=1, by=cast.claire, at=at + LATER)
    actions.discard_reply(letter=letter, seen_version=2, by=cast.claire, at=at + LATER)
    assert not Case.objects.get(pk=case.pk).has_draft_reply
    assert not Letter.objects.exists()


@pytest.fixture
def signed(cast: Cast, case: Case, at: datetime, in_paris: None) -> Letter:
    letter = finished(case, cast.nadia, at + LATER)
    actions.sign_and_send(
        letter=letter, conclusion=DONE, seen_version=letter.version, by=cast.claire, at=at + LATER
    )
    return letter


def test_the_pdf_is_made_once_and_sealed(signed: Letter, at: datetime) -> None:
    with pytest.raises(queries.NotYetMade):
        queries.pdf_of(signed)
    assert actions.make_pdf(letter=signed, at=at + LATER)
    first = queries.pdf_of(signed)
    assert not actions.make_pdf(letter=Letter.objects.get(pk=signed.pk), at=at + LATER)

    kept = Letter.objects.get(pk=signed.pk)
    assert queries.pdf_of(kept) == first
    assert hashlib.sha256(first).hexdigest() == kept.pdf_sha256
    assert first[:4] == b"%PDF"
    assert b"%PDF" not in bytes(kept.pdf)
    text = " ".join(PdfReader(io.BytesIO(first)).pages[0].extract_text().split())
    for words in (
        "Madame Samira Belkacem",
        "Affaire suivie par Claire Vasseur",
        "614,20 €",
        "Médiatrice de la Caf",
    ):
        assert words in text


def test_the_pdf_of_one_letter_does_not_open_for_another(signed: Letter, at: datetime) -> None:
    actions.make_pdf(letter=signed, at=at + LATER)
    signed.public_id = uuid4()
    with pytest.raises(sealing.Broken):
        queries.pdf_of(signed)


def test_the_picture_shows_every_page(signed: Letter, at: datetime) -> None:
    one = Image.open(io.BytesIO(queries.picture_of(queries.sheet_of(signed))))
    signed.body = "\n\n".join(["Un paragraphe assez long pour remplir une ligne de la lettre."] * 40)
    two = Image.open(io.BytesIO(queries.picture_of(queries.sheet_of(signed))))
    assert two.height > 2 * one.height


def test_the_first_opening_by_the_person_is_noted_once(cast: Cast, signed: Letter, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        actions.open_letter(letter=signed, by=cast.samira.as_actor(), at=at + LATER)
        actions.open_letter(letter=signed, by=cast.samira.as_actor(), at=at + 2 * LATER)
        assert Letter.objects.get(pk=signed.pk).read_at == at + LATER
    assert Entry.objects.filter(verb="open_letter").count() == 2


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE correspondence_letter SET body = 'autre' WHERE id = %s",
        "UPDATE correspondence_letter SET title = 'autre' WHERE id = %s",
        "UPDATE correspondence_letter SET signed_by = 'autre' WHERE id = %s",
        "UPDATE correspondence_letter SET signed_at = NULL WHERE id = %s",
        "DELETE FROM correspondence_letter WHERE id = %s",
    ],
)
def test_raw_sql_does_not_change_a_signed_letter(signed: Letter, order: str) -> None:
    with (
        pytest.raises(IntegrityError, match="it never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(order, [signed.pk])


def test_raw_sql_does_not_replace_a_pdf(signed: Letter, at: datetime) -> None:
    actions.make_pdf(letter=signed, at=at + LATER)
    with pytest.raises(IntegrityError, match="it never changes"), transaction.atomic():
        Letter.objects.filter(pk=signed.pk).update(pdf=b"autre")


def test_a_draft_is_not_seen_by_the_person(cast: Cast, case: Case, at: datetime, in_paris: None) -> None:
    begun(case, cast.claire, at + LATER)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert not Letter.objects.exists()
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert not Letter.objects.exists()


def test_a_remedy_names_whom_to_turn_to_with_their_article(case: Case, in_paris, at: datetime) -> None:
    said = queries.values_of(case, at.date())["voies_de_recours"]

    assert "saisissez d’abord la direction de la Caf" in said
    assert said.splitlines()[0].endswith("Ensuite, le tribunal administratif.")


def test_every_prior_appeal_has_its_article(db: None) -> None:
    appeals = {benefit.prior_appeal for benefit in every(Benefit).values()} - {"aucun"}

    assert all(appeal.startswith(("la ", "le ", "l’")) for appeal in appeals)
