"""Several people, or several pages, write one draft."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from mediane.casework.models import Case
from mediane.correspondence import actions, queries
from mediane.correspondence.actions import Edit, SavedMeanwhile, Written
from mediane.correspondence.models import Kind, Letter
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case

BASE = Written("La Caf révise", "Madame,\n\nUne erreur.\n\nVous pouvez faire un recours.")
HERS = BASE.body.replace("Une erreur.", "Une erreur de calcul.")
MINE = BASE.body.replace("un recours.", "un recours, puis saisir le tribunal.")


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


@pytest.fixture
def later(cast: Cast, case: Case, at: datetime):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield at + timedelta(days=2)


@pytest.fixture
def draft(cast: Cast, case: Case, later: datetime) -> Letter:
    template = queries.templates_of(Kind.REPLY, later.date())[0]
    letter = actions.begin_reply(case=case, template=template, by=cast.nadia, at=later)
    actions.save_reply(letter=letter, edit=Edit(BASE.title, BASE.body, 1), by=cast.nadia, at=later)
    return letter


def test_what_two_people_write_elsewhere_is_put_together(cast: Cast, draft: Letter, later: datetime) -> None:
    mine = Letter.objects.get(pk=draft.pk)
    hers = Edit("La Caf révise votre dette", HERS, 2, base=BASE)
    actions.save_reply(letter=draft, edit=hers, by=cast.nadia, at=later)
    actions.save_reply(letter=mine, edit=Edit(BASE.title, MINE, 2, base=BASE), by=cast.claire, at=later)

    kept = Letter.objects.get(pk=draft.pk)
    assert kept.title == "La Caf révise votre dette"
    assert kept.body == HERS.replace("un recours.", "un recours, puis saisir le tribunal.")
    assert (kept.version, kept.saved_by) == (4, "Claire Vasseur")


def test_the_same_lines_are_never_overwritten_and_both_are_told(
    cast: Cast, draft: Letter, later: datetime
) -> None:
    mine = Letter.objects.get(pk=draft.pk)
    actions.save_reply(letter=draft, edit=Edit(BASE.title, HERS, 2, base=BASE), by=cast.nadia, at=later)
    body = MINE.replace("Une erreur.", "Aucune erreur.")
    with pytest.raises(SavedMeanwhile, match="diffèrent au même endroit") as met:
        actions.save_reply(letter=mine, edit=Edit(BASE.title, body, 2, base=BASE), by=cast.claire, at=later)

    (clash,) = met.value.clashes
    assert (clash.mine, clash.theirs) == ("Aucune erreur.", "Une erreur de calcul.")
    assert met.value.mine == Written(BASE.title, body)
    assert Letter.objects.get(pk=draft.pk).body == HERS


def test_a_page_typed_on_while_its_text_was_put_together_loses_nothing(
    cast: Cast, draft: Letter, later: datetime
) -> None:
    page = uuid4()
    mine = Letter.objects.get(pk=draft.pk)
    actions.save_reply(letter=draft, edit=Edit(BASE.title, HERS, 2, base=BASE), by=cast.nadia, at=later)
    actions.save_reply(letter=mine, edit=Edit(BASE.title, MINE, 2, page, BASE), by=cast.claire, at=later)
    # It still shows what it sent, with more at the end: it began from that, and saw no later version.
    sent = Written(BASE.title, MINE)
    edit = Edit(BASE.title, MINE + "\n\nBien à vous.", 2, page, sent)
    actions.save_reply(letter=mine, edit=edit, by=cast.claire, at=later)

    kept = Letter.objects.get(pk=draft.pk).body
    for words in ("erreur de calcul", "puis saisir le tribunal", "Bien à vous."):
        assert words in kept


def test_a_page_whose_answers_were_lost_still_saves(cast: Cast, draft: Letter, later: datetime) -> None:
    page = uuid4()
    for words in ("Un", "Un texte", "Un texte long"):
        edit = Edit(BASE.title, words, 2, page, BASE)
        actions.save_reply(letter=draft, edit=edit, by=cast.claire, at=later)
    assert Letter.objects.get(pk=draft.pk).body == "Un texte long"


def test_once_somebody_else_wrote_a_page_no_longer_overwrites(
    cast: Cast, draft: Letter, later: datetime
) -> None:
    page = uuid4()
    actions.save_reply(letter=draft, edit=Edit(BASE.title, MINE, 2, page, BASE), by=cast.claire, at=later)
    hers = MINE.replace("Une erreur.", "Une erreur de calcul.")
    edit = Edit(BASE.title, hers, 3, uuid4(), Written(BASE.title, MINE))
    actions.save_reply(letter=draft, edit=edit, by=cast.nadia, at=later)
    edit = Edit(BASE.title, MINE + "\n\nFin.", 3, page, Written(BASE.title, MINE))
    actions.save_reply(letter=draft, edit=edit, by=cast.claire, at=later)
    assert Letter.objects.get(pk=draft.pk).body == hers + "\n\nFin."
