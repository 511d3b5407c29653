"""Two accounts that may be of one person: proposed with reasons, decided by a human, undone exactly."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from mediane.casework import actions as casework
from mediane.casework.actions.links import NotLinked
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.people import actions
from mediane.people.actions import AlreadyAnAlias, DecidedMeanwhile, Identity
from mediane.people.models import Beneficiary, ContactDetail, Likeness
from mediane.people.queries import opinions, proposals
from mediane.people.states import Source, Verdict, Way
from tests.cast import Cast
from tests.stories import a_case

LUCETTE = Identity(
    organisation_code="75",
    number="9000001",
    title="Madame",
    first_name="Lucete",
    last_name="Morvan",
    phone="+33 6 39 98 41 27",
)


@pytest.fixture
def in_paris(cast: Cast):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


def introduced(cast: Cast, at: datetime, **differs: Any) -> Beneficiary:
    return actions.introduce(identity=replace(LUCETTE, **differs), by=cast.nadia, at=at)


def proposal() -> Likeness:
    return Likeness.objects.select_related("first", "second").get(replaced_at=None)


def test_somebody_written_down_who_looks_like_somebody_known_is_proposed(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    new = introduced(cast, at)

    found = proposals(cast.paris.pk, Verdict.WAITING)
    assert [(one.first_id, one.second_id) for one in found] == [(cast.lucette.pk, new.pk)]
    assert found[0].reasons == ["Noms proches", "Même téléphone"]


def test_a_pair_is_proposed_once(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        introduced(cast, at)
        actions.keep_apart(likeness=proposal(), by=cast.nadia, at=at)
    with rowsecurity.working_for(rowsecurity.signin()):
        actions.recognise(identity=replace(LUCETTE, email="lucette@exemple.fr"), at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert proposal().verdict == Verdict.APART


def test_an_account_that_comes_in_is_compared_with_who_the_service_wrote_down(
    cast: Cast, at: datetime
) -> None:
    with rowsecurity.working_for(rowsecurity.signin()):
        actions.recognise(identity=LUCETTE, at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert len(proposals(cast.paris.pk, Verdict.WAITING)) == 1
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert not Likeness.objects.exists()


def test_somebody_is_found_by_a_contact_she_no_longer_has(cast: Cast, at: datetime) -> None:
    known = Identity(
        "75", cast.lucette.number, "Madame", "Lucette", "Morvan", phone="06 39 98 00 01", email="x@exemple.fr"
    )
    with rowsecurity.working_for(rowsecurity.signin()):
        actions.recognise(identity=known, at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        introduced(cast, at)
        assert proposal().reasons == ["Noms proches", "Même téléphone"]


def test_merging_moves_nothing_and_undoing_puts_back_exactly(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    new = introduced(cast, at)
    third = introduced(cast, at, number="9000002", first_name="Lucette")
    pair = {(one.first_id, one.second_id): one for one in proposals(cast.paris.pk, Verdict.WAITING)}
    inner = actions.merge_people(likeness=pair[new.pk, third.pk], keep=new.pk, by=cast.nadia, at=at)
    outer = actions.merge_people(
        likeness=pair[cast.lucette.pk, new.pk], keep=cast.lucette.pk, by=cast.nadia, at=at
    )
    assert sorted(outer.moved) == [new.pk, third.pk]
    aliases = Beneficiary.objects.filter(merged_into=cast.lucette.pk)
    assert sorted(aliases.values_list("pk", flat=True)) == [new.pk, third.pk]

    actions.keep_apart(likeness=outer, by=cast.claire, at=at)

    assert list(Beneficiary.objects.filter(merged_into=new.pk)) == [third]
    assert not aliases.exists()
    actions.keep_apart(likeness=inner, by=cast.claire, at=at)
    assert not Beneficiary.objects.exclude(merged_into=None).exists()
    said = [(one.verdict, one.written_by) for one in opinions(outer.pk)]
    assert said == [
        (Verdict.APART, "Claire Vasseur"),
        (Verdict.SAME, "Nadia Pruvost"),
        (Verdict.WAITING, ""),
    ]


def test_an_alias_is_not_merged_a_second_time(cast: Cast, at: datetime, in_paris: None) -> None:
    new = introduced(cast, at)
    third = introduced(cast, at, number="9000002", first_name="Lucette")
    pair = {(one.first_id, one.second_id): one for one in proposals(cast.paris.pk, Verdict.WAITING)}
    actions.merge_people(likeness=pair[cast.lucette.pk, new.pk], keep=cast.lucette.pk, by=cast.nadia, at=at)
    with pytest.raises(AlreadyAnAlias, match="est déjà réunie à Lucette Morvan"):
        actions.merge_people(likeness=pair[new.pk, third.pk], keep=third.pk, by=cast.nadia, at=at)


def test_the_second_to_decide_is_told_who_was_first(cast: Cast, at: datetime, in_paris: None) -> None:
    introduced(cast, at)
    seen = proposal()
    actions.keep_apart(likeness=seen, by=cast.nadia, at=at)
    with pytest.raises(DecidedMeanwhile, match=r"Nadia Pruvost a décidé le .*Deux personnes"):
        actions.merge_people(likeness=seen, keep=cast.lucette.pk, by=cast.claire, at=at)
    assert not Beneficiary.objects.exclude(merged_into=None).exists()


def test_people_whose_cases_are_one_are_not_parted(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        new = introduced(cast, at)
        same = actions.merge_people(likeness=proposal(), keep=cast.lucette.pk, by=cast.nadia, at=at)
    one, other = a_case(cast.lucette, at), a_case(new, at + timedelta(days=1))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.merge_cases(case=one, other=other, seen_rank=0, by=cast.nadia, at=at)
        with pytest.raises(NotLinked, match="dites d’abord qu’elles sont distinctes"):
            casework.part_people(likeness=same, by=cast.nadia, at=at)
        casework.set_apart(case=one, other=other, seen_rank=1, by=cast.nadia, at=at)
        casework.part_people(likeness=same, by=cast.nadia, at=at)
        assert not Beneficiary.objects.exclude(merged_into=None).exists()


def test_choosing_an_alias_leads_to_the_person(cast: Cast, at: datetime, in_paris: None) -> None:
    new = introduced(cast, at)
    actions.merge_people(likeness=proposal(), keep=cast.lucette.pk, by=cast.nadia, at=at)
    assert actions.pick(pk=new.pk, by=cast.nadia, at=at) == cast.lucette


def test_every_change_of_contact_is_kept_with_its_date_and_source(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        new = introduced(cast, at)
    with rowsecurity.working_for(rowsecurity.signin()):
        actions.recognise(
            identity=replace(LUCETTE, phone="", email="l@exemple.fr"), at=at + timedelta(days=3)
        )
        actions.recognise(
            identity=replace(LUCETTE, phone="", email="l@exemple.fr"), at=at + timedelta(days=4)
        )
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        said = ContactDetail.objects.filter(beneficiary=new).order_by("since", "way")
        assert [(one.way, one.value, one.source) for one in said] == [
            (Way.PHONE, LUCETTE.phone, Source.SERVICE),
            (Way.EMAIL, "l@exemple.fr", Source.ACCOUNT),
            (Way.PHONE, "", Source.ACCOUNT),
        ]


def test_who_decided_is_in_the_journal_of_both(cast: Cast, at: datetime, in_paris: None) -> None:
    new = introduced(cast, at)
    actions.merge_people(likeness=proposal(), keep=cast.lucette.pk, by=cast.nadia, at=at)
    told = Entry.objects.filter(verb="merge_people").values_list("beneficiary_id", flat=True)
    assert sorted(told) == sorted([cast.lucette.pk, new.pk])


def test_another_caf_says_nothing_of_them(cast: Cast, at: datetime, in_paris: None) -> None:
    introduced(cast, at)
    with pytest.raises(PermissionDenied):
        actions.keep_apart(likeness=proposal(), by=cast.remi, at=at)
