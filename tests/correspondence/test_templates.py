"""A template is written, submitted, approved by somebody else, and never changes after."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mediane.casework.models import Case
from mediane.correspondence import actions
from mediane.correspondence.actions import (
    TemplateFaulty,
    TemplateNotADraft,
    TemplateRefused,
    TemplateSavedMeanwhile,
)
from mediane.correspondence.models import Kind, Letter, LetterTemplate, TemplateUse
from mediane.correspondence.queries import offers_for, template_of, templates_of
from mediane.correspondence.queries.library import library
from mediane.correspondence.states import TemplateState
from mediane.journal.models import Entry
from tests.cast import Cast
from tests.correspondence.libraries import (
    approve,
    approved,
    at_work,
    edit,
    national,
    second,
    submitted,
    written,
)
from tests.stories import a_studied_case

LATER = timedelta(days=2)
PAGE = UUID(int=7)


def test_a_mediator_copies_a_national_template_and_another_one_approves_it(cast: Cast, at: datetime) -> None:
    claire, mathilde = cast.claire, second(cast.claire)
    with at_work(claire):
        copy = actions.begin_template(
            kind=Kind.REPLY, name="Décision maintenue à Paris", source=national(), by=claire, at=at
        )
        assert (copy.code, copy.version, copy.body) == (
            "local-decision-maintenue-a-paris",
            1,
            national().body,
        )
        saved = actions.save_template(template=copy, edit=edit(copy), by=claire, at=at)
        actions.submit_template(template=saved, seen_revision=2, word="Pour Paris", by=claire, at=at)
        approve(saved, mathilde, at + LATER)

        assert saved.state == TemplateState.APPROVED
        assert (saved.approved_by, saved.submitted_by) == ("Mathilde Roumier", "Claire Vasseur")
        assert saved.valid_from == (at + LATER).date()
        verbs = ["begin_template", "save_template", "submit_template", "approve_template"]
        lines = Entry.objects.filter(subject_kind="template").order_by("pk")
        assert [line.verb for line in lines] == verbs
        assert lines[0].subject == "local-decision-maintenue-a-paris 1"


def test_it_is_offered_before_national_ones_and_says_why(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with at_work(cast.claire):
        before = [one.template.code for one in offers_for(case, Kind.REPLY, at.date())]
        local = approved(cast.claire, at, benefits=("APL",))
        offers = offers_for(case, Kind.REPLY, at.date())
        assert [one.template.code for one in offers] == [local.code, *before]
        assert before[0] == "reply-overpayment"
        assert offers[0].because.replace("\u00a0", " ") == (
            "Modèle de votre service (Caf de Paris), pour : Aide personnalisée au logement (APL)."
            " Il passe avant les modèles nationaux."
        )
        approved(cast.claire, at, name="RSA seul", benefits=("RSA",))
        assert [one.template.code for one in offers_for(case, Kind.REPLY, at.date())][1:] == before


def test_letters_begun_before_keep_their_version(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with at_work(cast.claire):
        first = approved(cast.claire, at)
        letter = actions.begin_reply(case=case, template=first, by=cast.claire, at=at + LATER)
        assert "Votre loyer a changé." in letter.body
        assert "Votre situation" not in letter.body
        second_version = actions.begin_version(template=first, by=cast.claire, at=at + LATER)
        saved = actions.save_template(
            template=second_version,
            edit=edit(second_version, body="{formule_d_appel},\n\nTout a changé."),
            by=cast.claire,
            at=at + LATER,
        )
        actions.submit_template(template=saved, seen_revision=saved.revision, by=cast.claire, at=at + LATER)
        approve(saved, second(cast.claire), at + LATER)

        kept = Letter.objects.select_related("template").get(pk=letter.pk)
        assert (kept.template.version, "Votre loyer a changé." in kept.body) == (1, True)
        offered = offers_for(case, Kind.REPLY, (at + LATER).date())
        assert next(one.template.version for one in offered if one.template.code == first.code) == 2


def test_the_author_does_not_approve(cast: Cast, at: datetime) -> None:
    mathilde = second(cast.claire)
    with at_work(cast.claire):
        waiting = submitted(cast.claire, at)
        with pytest.raises(TemplateRefused, match="une autre personne"):
            approve(waiting, cast.claire, at)
        mine = written(cast.claire, at, name="Écrit par l’une, soumis par l’autre")
        actions.submit_template(template=mine, seen_revision=2, by=mathilde, at=at)
        for author in (cast.claire, mathilde):
            with pytest.raises(TemplateRefused, match="une autre personne"):
                approve(mine, author, at)


def test_it_comes_back_with_a_word_and_is_written_again(cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        waiting = submitted(cast.claire, at)
        with pytest.raises(TemplateNotADraft, match=r"Claire Vasseur a soumis ce modèle le 9\snovembre"):
            actions.save_template(template=waiting, edit=edit(waiting), by=cast.claire, at=at)
        actions.return_template(
            template=waiting,
            seen_revision=waiting.revision,
            word="Trop long",
            by=second(cast.claire),
            at=at,
        )
        waiting.refresh_from_db()
        assert (waiting.state, waiting.word, waiting.word_by) == ("draft", "Trop long", "Mathilde Roumier")
        actions.save_template(template=waiting, edit=edit(waiting, name="Plus court"), by=cast.claire, at=at)


def test_a_field_or_a_condition_of_no_list_is_refused_and_nothing_changes(cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        template = written(cast.claire, at)
        with pytest.raises(TemplateFaulty) as refused:
            actions.save_template(
                template=template,
                edit=edit(template, body="{nomm}\n\n[si prestation: APK]\nUn"),
                by=cast.claire,
                at=at,
            )
        assert [fault.line for fault in refused.value.faults] == [1, 3]
        assert "APL, ALF, ALS" in refused.value.sentence
        assert LetterTemplate.objects.get(pk=template.pk).revision == template.revision


def test_of_two_who_write_the_second_is_told_and_sees_the_first(cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        template = written(cast.claire, at)
        mathilde = second(cast.claire)
        actions.save_template(template=template, edit=edit(template, body="Le sien"), by=mathilde, at=at)
        with pytest.raises(TemplateSavedMeanwhile, match="Mathilde Roumier a enregistré") as refused:
            actions.save_template(template=template, edit=edit(template), by=cast.claire, at=at)
        assert refused.value.theirs.body == "Le sien"


def test_one_s_own_automatic_savings_never_come_too_late(cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        template = written(cast.claire, at)
        for words in ("Un", "Un deux"):
            actions.save_template(
                template=template, edit=edit(template, body=words, edited_in=PAGE), by=cast.claire, at=at
            )
        assert LetterTemplate.objects.get(pk=template.pk).body == "Un deux"


def test_a_page_sent_twice_begins_one_template_and_one_version_is_open(cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        said = {"kind": Kind.REPLY, "name": "Rappel", "entry_key": PAGE, "by": cast.claire, "at": at}
        assert actions.begin_template(**said) == actions.begin_template(**said)
        assert actions.begin_template(**said | {"entry_key": None}).code == "local-rappel-2"
        done = approved(cast.claire, at)
        begun = actions.begin_version(template=done, by=cast.claire, at=at)
        assert actions.begin_version(template=done, by=cast.claire, at=at) == begun


def test_a_retired_template_is_offered_no_longer_and_brings_nothing_back(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with at_work(cast.claire):
        done = approved(cast.claire, at)
        actions.retire_template(template=done, word="Remplacé", by=cast.claire, at=at + LATER)
        assert done.code not in [one.template.code for one in offers_for(case, Kind.REPLY, at.date())]
        with pytest.raises(TemplateRefused, match="déjà retiré"):
            actions.retire_template(template=done, word="", by=cast.claire, at=at + LATER)


def test_a_national_kind_never_stays_without_a_template(cast: Cast, at: datetime) -> None:
    with at_work(cast.helene):
        only = template_of(Kind.ADMISSIBLE, at.date())
        with pytest.raises(TemplateRefused, match="Il ne resterait aucun modèle national"):
            actions.retire_template(template=only, word="", by=cast.helene, at=at)
        limited = actions.begin_version(template=only, by=cast.helene, at=at)
        saved = actions.save_template(
            template=limited, edit=edit(limited, benefits=("APL",)), by=cast.helene, at=at
        )
        actions.submit_template(template=saved, seen_revision=saved.revision, by=cast.helene, at=at)
        with pytest.raises(TemplateRefused, match="Il ne resterait aucun modèle national"):
            approve(saved, second(cast.helene), at)
        one_reply = national()
        actions.retire_template(template=one_reply, word="Trop ancien", by=cast.helene, at=at)
        assert "reply-upheld" not in [one.code for one in templates_of(Kind.REPLY, at.date())]


def test_only_mediators_write_and_only_in_their_own_library(cast: Cast, at: datetime) -> None:
    with at_work(cast.nadia), pytest.raises(PermissionDenied):
        written(cast.nadia, at)
    with at_work(cast.claire):
        with pytest.raises(PermissionDenied):
            actions.begin_version(template=national(), by=cast.claire, at=at)
        mine = written(cast.claire, at)
    with at_work(cast.remi):
        assert not LetterTemplate.objects.filter(pk=mine.pk).exists()
    with at_work(cast.helene):
        assert not LetterTemplate.objects.filter(pk=mine.pk).exists()


def test_a_national_draft_is_read_by_nobody_else(cast: Cast, at: datetime) -> None:
    with at_work(cast.helene):
        draft = written(cast.helene, at)
        assert not draft.code.startswith("local-")
    with at_work(cast.claire):
        assert not LetterTemplate.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"body": "Autre"},
        {"valid_from": None},
        {"state": "draft"},
        {"approved_by_id": 3},
        {"benefits": ["RSA"]},
    ],
)
def test_the_database_itself_refuses_that_an_approved_version_changes(
    cast: Cast, at: datetime, change: dict
) -> None:
    with at_work(cast.claire):
        done = approved(cast.claire, at)
        with pytest.raises(IntegrityError), transaction.atomic():
            LetterTemplate.objects.filter(pk=done.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            done.delete()


def test_the_database_itself_refuses_that_an_author_approves(cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        waiting = submitted(cast.claire, at)
        decided = {"state": "approved", "approved_at": at, "valid_from": at.date()}
        with pytest.raises(IntegrityError), transaction.atomic():
            LetterTemplate.objects.filter(pk=waiting.pk).update(**decided, approved_by_id=cast.claire.id)
        with pytest.raises(IntegrityError), transaction.atomic():
            LetterTemplate.objects.filter(pk=waiting.pk).update(body="Autre")


def test_a_letter_is_of_its_own_library(cast: Cast, at: datetime) -> None:
    with at_work(cast.remi):
        theirs = approved(cast.remi, at)
    case = a_studied_case(cast.samira, cast.claire, at)
    with at_work(cast.claire):
        mine = written(cast.claire, at)
        for template in (theirs, mine):
            with pytest.raises(IntegrityError, match="library"), transaction.atomic():
                actions.begin_reply(case=case, template=template, by=cast.claire, at=at)
        with pytest.raises(IntegrityError, match="library"), transaction.atomic():
            actions.begin_template(kind=Kind.REPLY, name="Copie", source=theirs, by=cast.claire, at=at)


def test_letters_signed_are_counted_without_saying_whose(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with at_work(cast.claire):
        notice = actions.decide_admissible(
            case=Case.objects.get(pk=case.pk),
            ruling=actions.Ruling(),
            letter=actions.LetterText(template_of(Kind.ADMISSIBLE, at.date()), "Bonjour,"),
            by=cast.claire,
            at=at,
        )
        assert TemplateUse.objects.get().template_id == notice.template_id
    with at_work(cast.helene):
        letters = {row.shown.code: row.letters for row in library(at.date())}
        assert (letters["admissible"], letters["reply-upheld"]) == (1, 0)
    with at_work(cast.remi):
        assert not TemplateUse.objects.exists()
