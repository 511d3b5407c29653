"""What the triggers keep, and what the one function that reads it refuses to say."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.rules.meetings import Spoken
from mediane.casework.states import CallKind
from mediane.correspondence import actions as correspondence
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.kit import rowsecurity
from mediane.kit.rowsecurity import Context
from mediane.people.actions import Identity, recognise
from mediane.people.models import Beneficiary
from mediane.search.models import Entry
from mediane.search.queries import By, search
from tests.cast import Cast
from tests.stories import a_case, a_studied_case


def by(cast: Cast, text: str) -> By:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return search(organisation_id=cast.paris.pk, text=text).by


def asked(context: Context, *typed: str) -> list[int]:
    """The function itself, without Python’s filters after it."""
    with rowsecurity.working_for(context), connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM search_cases(%s, 1000)", [list(typed)])
        return [case_id for (case_id,) in cursor.fetchall()]


def test_what_both_sides_write_is_found_in_the_same_transaction(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    assert by(cast, "girafe") == by(cast, "éléphants") == by(cast, "zèbre") == By.NOTHING
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own = Case.objects.get(pk=case.pk)
        casework.write_to_service(case=own, body="Une girafe ?", by=cast.samira.as_actor(), at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.write_to_person(case=case, body="Un éléphant.", by=cast.claire, at=at)
        casework.await_decision(
            case=case,
            body="MDPH",
            reason="Zèbre",
            look_again_on=at.date() + timedelta(9),
            by=cast.claire,
            at=at,
        )
    assert by(cast, "girafes") == by(cast, "elephant") == by(cast, "zebre éléphant belkacem") == By.WORDS


def test_a_letter_is_found_once_signed_and_a_private_note_never(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    template = LetterTemplate.objects.filter(kind=Kind.REPLY).order_by("pk")[0]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.note(case=case, text="Rhinocéros", by=cast.claire, at=at)
        casework.admit(case=case, notified_on=at.date(), by=cast.claire, at=at)
        letter = correspondence.begin_reply(case=case, template=template, by=cast.claire, at=at)
        edit = correspondence.Edit("Réponse", "Madame,\n\nVotre hippopotame est rendu.", letter.version)
        correspondence.save_reply(letter=letter, edit=edit, by=cast.claire, at=at)
        assert by(cast, "hippopotame") == By.NOTHING
        letter.refresh_from_db()
        letter.signed_at, letter.signed_by, letter.signed_as = at, "Claire Vasseur", "Médiatrice"
        letter.save()
    assert by(cast, "hippopotames") == By.WORDS
    assert by(cast, "rhinocéros") == By.NOTHING


def test_a_call_is_found_when_the_person_reads_it_and_never_when_it_is_private(
    cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for text, is_shared in (("La girafe est rendue.", True), ("Rhinocéros au guichet.", False)):
            called_at = at - timedelta(hours=1 + is_shared)
            said = Spoken(
                kind=CallKind.MADE, called_at=called_at, spoke_to="Samira", text=text, is_shared=is_shared
            )
            casework.note_call(case=case, spoken=said, by=cast.nadia, at=at)
    assert by(cast, "girafes") == By.WORDS
    assert by(cast, "rhinocéros") == By.NOTHING


def test_a_name_corrected_is_the_only_one_found(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        Beneficiary.objects.filter(pk=cast.samira.pk).update(last_name="Tessier", name_key="tessier samira")
    assert by(cast, "tessier") == by(cast, "samira") == By.NAME
    assert by(cast, "belkacem") == By.NOTHING


@pytest.mark.parametrize("who", ["person", "staff"])
def test_a_name_that_comes_with_a_sign_in_is_the_only_one_found(cast: Cast, at: datetime, who: str) -> None:
    a_case(cast.samira, at)
    a_case(cast.lucette, at)
    married = Identity("75", cast.samira.number, "Madame", "Samira", "Tessier", email=cast.samira.email)
    with rowsecurity.working_for(getattr(rowsecurity, who)(cast.paris.pk)):
        with rowsecurity.working_for(rowsecurity.signin()):
            recognise(identity=married, at=at)
            assert Case.objects.count() == 0
        assert rowsecurity.current().kind == who
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('mediane.context')")
            assert cursor.fetchone() == (who,)
    assert by(cast, "tessier") == by(cast, "samira") == by(cast, "morvan") == By.NAME
    assert by(cast, "belkacem") == By.NOTHING


def test_the_function_tells_nothing_of_another_caf_nor_to_anybody_else(cast: Cast, at: datetime) -> None:
    mine, foreign = a_case(cast.samira, at), a_case(cast.awa, at)
    words = "retenue"
    assert asked(rowsecurity.staff(cast.paris.pk), words) == [mine.pk]
    assert asked(rowsecurity.staff(cast.tarn.pk), words) == [foreign.pk]
    for typed in ("traore", "traor", "awa", f"@{cast.tarn.pk}", "' | '@", "=traore", "3307154"):
        assert asked(rowsecurity.staff(cast.paris.pk), typed) == [], typed
    for context in (
        rowsecurity.public(),
        rowsecurity.signin(),
        rowsecurity.person(cast.samira.pk),
        Context("person", organisation=cast.paris.pk, beneficiary=cast.samira.pk),
        Context("staff"),
        Context("national", organisation=cast.paris.pk),
    ):
        assert asked(context, words) == [], context


def test_a_shadow_of_the_table_fools_nobody(cast: Cast, at: datetime) -> None:
    """What is temporary comes last in the path of a function that runs as the owner."""
    case = a_case(cast.samira, at)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE search_entry (LIKE public.search_entry)")
        assert asked(rowsecurity.staff(cast.paris.pk), "retenue") == [case.pk]
        cursor.execute("DROP TABLE pg_temp.search_entry")


@pytest.mark.parametrize(
    "order",
    [
        "INSERT INTO search_entry (organisation_id, case_id, received_at, words) VALUES (1, 1, now(), '')",
        "UPDATE search_entry SET words = ''",
        "DELETE FROM search_entry",
        "SELECT search_fill(1, 1000000)",
    ],
)
def test_the_application_writes_nothing_there(cast: Cast, order: str) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(order)


def test_every_case_has_its_entry_and_its_caf_sees_it_alone(cast: Cast, at: datetime) -> None:
    cases = {cast.paris.pk: a_case(cast.samira, at), cast.tarn.pk: a_case(cast.awa, at)}
    for caf, case in cases.items():
        with rowsecurity.working_for(rowsecurity.staff(caf)):
            assert list(Entry.objects.values_list("case_id", flat=True)) == [case.pk]


def test_a_case_that_writes_on_for_ever_goes_on(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for turn in range(4):
            body = " ".join(f"mot{turn}x{number}" for number in range(9_000))
            casework.write_to_person(case=case, body=body, by=cast.claire, at=at)
        assert by(cast, "mot2x8999") == By.WORDS
        assert by(cast, "mot3x1") == By.NOTHING


def test_endless_words_fill_no_case_to_the_point_of_closing_it(cast: Cast, at: datetime) -> None:
    """A vector holds a megabyte: beyond, writing it would fail, and with it whatever is said in the case."""
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own = Case.objects.get(pk=case.pk)
        for turn in range(8):
            body = " ".join(f"{number:05}{turn}" + "𝔞𐐀é" * 120 for number in range(260))
            casework.write_to_service(case=own, body=body, by=cast.samira.as_actor(), at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.write_to_person(case=case, body="Une girafe.", by=cast.claire, at=at)
