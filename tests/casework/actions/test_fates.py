"""What became of a letter on paper: signed for, or back; then the case comes up by itself."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mediane.casework import actions
from mediane.casework.actions import (
    FateNoted,
    FateRefused,
    Leaving,
    LeavingRefused,
    NowhereToSend,
    RetoldAlready,
    RetoldRefused,
    Said,
)
from mediane.casework.actions.postings import prepare
from mediane.casework.models import Case, Posting, Step
from mediane.casework.queries.postings import came_back_from, sent_to, those_that_left
from mediane.casework.states import Act, Fate, Heard, Paper, Postage, Retold
from mediane.journal.models import Entry as Line
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from tests.casework.actions.test_postings import BY_POST, kinds
from tests.cast import Cast
from tests.correspondence.test_races import together
from tests.stories import a_studied_case

DAY = timedelta(days=1)
NUMBER = "RR473124829GB"
ADDRESS = "4 rue Haute\n75019 Paris"
# What is prepared by hand, without the trouble of a reply.
PREPARED: dict[str, Any] = {"kind": Paper.CANCELLED}


@pytest.fixture
def posting(cast: Cast, at: datetime):
    """A letter that waits, in a case that Nadia studies."""
    case = a_studied_case(cast.samira, cast.nadia, at, **BY_POST)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield waiting_letter(case, cast, at)


def waiting_letter(case: Case, cast: Cast, at: datetime) -> Posting:
    with transaction.atomic():
        return prepare(case=case, by=cast.nadia, at=at, **PREPARED)


def leaves(posting: Posting, cast: Cast, at: datetime, postage: Postage = Postage.REGISTERED) -> None:
    number = "" if postage == Postage.SIMPLE else NUMBER
    leaving = Leaving(postage=postage, on=at.date(), number=number)
    actions.post(posting=posting, leaving=leaving, by=cast.nadia, at=at)


def comes_back(posting: Posting, by: Actor, at: datetime, fate: Fate = Fate.UNKNOWN) -> None:
    actions.note_fate(posting=posting, fate=fate, on=at.date(), by=by, at=at)


def moves(case: Case, by: Actor, at: datetime, address: str) -> None:
    said = Said(contact={"address": address}, notice_by_email=False, heard=Heard.PHONE, note="", seen_at=at)
    actions.note_how_to_reach(case=case, said=said, by=by, at=at)


def test_it_leaves_with_its_kind_its_day_its_number_and_where_it_goes(
    cast: Cast, at: datetime, posting: Posting
) -> None:
    later = at + 3 * DAY
    leaving = Leaving(postage=Postage.TRACKED, on=date(2026, 11, 10), number=NUMBER)
    actions.post(posting=posting, leaving=leaving, by=cast.nadia, at=later)
    kept = Posting.objects.get(pk=posting.pk)
    assert (kept.postage, kept.sent_on, kept.number) == (Postage.TRACKED, date(2026, 11, 10), NUMBER)
    assert sent_to(kept) == ADDRESS
    assert b"rue Haute" not in bytes(kept.sealed_to or b"")
    words = Step.objects.get(act=Act.POST).words
    assert words == f"Rendez-vous annulé, lettre suivie {NUMBER}, partie le 10\u00a0novembre\u00a02026"


@pytest.mark.parametrize(
    ("differs", "why"),
    [
        ({"on": date(2026, 11, 13)}, "entre ce jour et aujourd’hui"),
        ({"on": date(2026, 11, 8)}, "entre ce jour et aujourd’hui"),
        ({"number": "RR473124828GB"}, "ne peut pas exister"),
        ({"number": ""}, "de 8 à 20"),
        ({"postage": Postage.SIMPLE}, "pas de numéro"),
    ],
)
def test_it_cannot_leave_so(
    cast: Cast, at: datetime, posting: Posting, differs: dict[str, Any], why: str
) -> None:
    said: dict[str, Any] = {"postage": Postage.TRACKED, "on": date(2026, 11, 12), "number": NUMBER}
    with pytest.raises(LeavingRefused, match=why):
        actions.post(posting=posting, leaving=Leaving(**said | differs), by=cast.nadia, at=at + 3 * DAY)
    assert kinds(cast) == [Paper.CANCELLED]


def test_whoever_said_since_that_no_letter_is_safe_receives_none(
    cast: Cast, at: datetime, posting: Posting
) -> None:
    case = posting.case
    said = Said(contact={"no_letters": "oui"}, notice_by_email=False, heard=Heard.PHONE, note="", seen_at=at)
    actions.note_how_to_reach(case=case, said=said, by=cast.nadia, at=at)
    with pytest.raises(NowhereToSend):
        actions.post(posting=posting, by=cast.nadia, at=at + DAY)
    actions.throw_away(posting=posting, by=cast.nadia, at=at + DAY)
    assert kinds(cast) == []


def test_a_receipt_signed_is_written_and_calls_nobody(cast: Cast, at: datetime, posting: Posting) -> None:
    leaves(posting, cast, at)
    comes_back(posting, cast.amine, at + 2 * DAY, Fate.SIGNED)
    step = Step.objects.get(act=Act.SIGN_FOR_LETTER)
    assert step.words == "Rendez-vous annulé, avis de réception signé, le 11\u00a0novembre\u00a02026"
    assert not step.is_shared
    assert not Case.objects.get().has_news
    assert Line.objects.filter(verb=Act.SIGN_FOR_LETTER, actor_name="Amine Djebbari").exists()


@pytest.mark.parametrize("postage", [Postage.SIMPLE, Postage.TRACKED])
def test_only_a_registered_letter_is_signed_for(
    cast: Cast, at: datetime, posting: Posting, postage: Postage
) -> None:
    leaves(posting, cast, at, postage)
    with pytest.raises(FateRefused, match="Seul un recommandé"):
        comes_back(posting, cast.nadia, at, Fate.SIGNED)


def test_it_comes_back_once_after_it_left(cast: Cast, at: datetime, posting: Posting) -> None:
    with pytest.raises(FateRefused, match="pas encore partie"):
        comes_back(posting, cast.nadia, at)
    leaves(posting, cast, at + DAY)
    for on in (at, at + 9 * DAY):
        with pytest.raises(FateRefused, match="entre celui-là et aujourd’hui"):
            actions.note_fate(
                posting=posting, fate=Fate.REFUSED, on=on.date(), by=cast.nadia, at=at + 2 * DAY
            )
    comes_back(posting, cast.nadia, at + 2 * DAY)
    with pytest.raises(FateNoted, match="Nadia Pruvost l’a déjà noté"):
        comes_back(posting, cast.claire, at + 3 * DAY, Fate.REFUSED)


def test_a_letter_back_brings_the_case_up_and_doubts_the_address(
    cast: Cast, at: datetime, posting: Posting
) -> None:
    leaves(posting, cast, at)
    comes_back(posting, cast.amine, at + 4 * DAY)
    case = Case.objects.get()
    assert case.has_news
    assert case.due_on <= date(2026, 11, 16)
    assert came_back_from(case, ADDRESS) == posting
    assert came_back_from(case, "ailleurs") is None
    ((first,), _) = those_that_left(cast.paris.pk)
    assert first.is_back


def test_unclaimed_leaves_no_doubt_about_the_address(cast: Cast, at: datetime, posting: Posting) -> None:
    leaves(posting, cast, at)
    comes_back(posting, cast.amine, at + DAY, Fate.UNCLAIMED)
    assert came_back_from(posting.case, ADDRESS) is None


def test_printed_again_for_the_same_address_it_would_come_back_again(
    cast: Cast, at: datetime, posting: Posting
) -> None:
    leaves(posting, cast, at)
    comes_back(posting, cast.amine, at + DAY)
    with pytest.raises(RetoldRefused, match="l’adresse d’où la lettre est revenue"):
        actions.tell_otherwise(posting=posting, how=Retold.PRINTED, by=cast.nadia, at=at + 2 * DAY)
    moves(posting.case, cast.nadia, at + 2 * DAY, "8 rue Basse\n75020 Paris")
    actions.tell_otherwise(posting=posting, how=Retold.PRINTED, by=cast.nadia, at=at + 2 * DAY)
    again = Posting.objects.get(sent_at=None)
    assert again.kind == Paper.CANCELLED
    leaves(again, cast, at + 3 * DAY, Postage.SIMPLE)
    assert sent_to(Posting.objects.get(pk=again.pk)) == "8 rue Basse\n75020 Paris"


def test_told_otherwise_there_is_nothing_left_to_read(cast: Cast, at: datetime, posting: Posting) -> None:
    leaves(posting, cast, at)
    comes_back(posting, cast.amine, at + DAY)
    actions.tell_otherwise(posting=posting, how=Retold.CALLED, by=cast.nadia, at=at + 2 * DAY)
    case = Case.objects.get()
    assert not case.has_news
    step = Step.objects.get(act=Act.TELL_OTHERWISE)
    assert step.words == "Rendez-vous annulé, personne prévenue de vive voix"
    with pytest.raises(RetoldAlready, match="Nadia Pruvost s’en est occupé"):
        actions.tell_otherwise(posting=posting, how=Retold.NOTHING, by=cast.claire, at=at + 2 * DAY)


def test_what_the_person_wrote_meanwhile_is_still_to_be_read(
    cast: Cast, at: datetime, posting: Posting
) -> None:
    leaves(posting, cast, at)
    comes_back(posting, cast.amine, at + DAY)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        actions.write_to_service(
            case=posting.case, body="J’ai déménagé", by=cast.samira.as_actor(), at=at + DAY
        )
    actions.tell_otherwise(posting=posting, how=Retold.CALLED, by=cast.nadia, at=at + 2 * DAY)
    assert Case.objects.get().has_news


def test_what_was_said_of_it_never_changes(cast: Cast, at: datetime, posting: Posting) -> None:
    leaves(posting, cast, at)
    comes_back(posting, cast.amine, at + DAY)
    actions.tell_otherwise(posting=posting, how=Retold.CALLED, by=cast.nadia, at=at + 2 * DAY)
    row = Posting.objects.filter(pk=posting.pk)
    for change in ({"fate": Fate.REFUSED}, {"retold": Retold.NOTHING}, {"fate_on": at.date()}):
        with pytest.raises(IntegrityError, match="has left"), transaction.atomic():
            row.update(**change)


def test_nobody_of_another_caf_says_anything_of_it(cast: Cast, at: datetime, posting: Posting) -> None:
    leaves(posting, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)), pytest.raises(PermissionDenied):
        comes_back(posting, cast.remi, at)


Verb = Callable[[Posting, Actor, datetime], object]
LEFT: dict[str, Verb] = {
    "signed": lambda one, by, at: comes_back(one, by, at, Fate.SIGNED),
    "back": comes_back,
}
BACK: dict[str, Verb] = {
    "print": lambda one, by, at: actions.tell_otherwise(posting=one, how=Retold.PRINTED, by=by, at=at),
    "call": lambda one, by, at: actions.tell_otherwise(posting=one, how=Retold.CALLED, by=by, at=at),
}
WAITING: dict[str, Verb] = {
    "post": lambda one, by, at: actions.post(posting=one, by=by, at=at),
    "register": lambda one, by, at: actions.post(
        posting=one, leaving=Leaving(postage=Postage.REGISTERED, on=at.date(), number=NUMBER), by=by, at=at
    ),
}
PAIRS = [
    (stage, *pair)
    for stage, verbs in (("waiting", WAITING), ("left", LEFT), ("back", BACK))
    for pair in combinations_with_replacement(verbs, 2)
]


@pytest.mark.parametrize(("stage", "one", "other"), PAIRS)
def test_of_two_at_once_one_wins_and_the_other_is_told(
    committed: str, cast: Cast, at: datetime, stage: str, one: str, other: str
) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at, **BY_POST)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        posting = waiting_letter(case, cast, at)
        if stage != "waiting":
            leaves(posting, cast, at)
        if stage == "back":
            comes_back(posting, cast.nadia, at, Fate.UNCLAIMED)
        before = Step.objects.count()

    def act(verb: Verb, by: Actor) -> Callable[[], None]:
        def run() -> None:
            with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
                verb(Posting.objects.get(pk=posting.pk), by, at + DAY)

        return run

    verbs = WAITING | LEFT | BACK
    refused = together(act(verbs[one], cast.nadia), act(verbs[other], cast.claire))
    assert len(refused) == 1
    assert any(name in refused[0] for name in ("Nadia Pruvost", "Claire Vasseur"))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Step.objects.count() == before + 1
