"""Every table × everybody × every verb: no policy opens more than what is written here."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.rowsecurity import Context
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.house.test_row_security import protected_tables, sql
from tests.mandates.stories import MAUD, given, protected
from tests.referrals.test_files_of_drafts import hers, theirs
from tests.stories import a_studied_case

# r: reads, a: adds, c: changes (the columns named below, if not all), d: removes.
REACH = {
    "accounts_user": "all r, signin rac",
    "appeals_appealevent": "person r, staff ra",
    "appeals_signoff": "all r, national ra, staff ra",
    "attendance_absence": "staff racd",
    "attendance_noticewish": "staff rac",
    "attendance_presence": "staff racd",
    "attendance_staffnotice": "staff ra",
    "callbacks_callbackrequest": "person a, public a, representative a, staff rcd",
    "casework_admissibility": "person r, staff ra",
    "casework_anonymousarrival": "national r, person a, staff ra",
    "casework_appointment": "person rc, staff rac",
    "casework_call": "person r, staff ra",
    "casework_case": "person rac, staff rac",
    "casework_closing": "staff ra",
    "casework_contactword": "person ra, staff ra",
    "casework_deadline": "person ra, staff rac",
    "casework_documentrequest": "person rc, staff rac",
    "casework_filetransfer": "person r, staff ra",
    "casework_financialeffect": "head r, staff rac",
    "casework_followcode": "person rc, staff rac",
    "casework_forwarding": "staff ra",
    "casework_hold": "person rc, staff rac",
    "casework_link": "person r, staff rac",
    "casework_litigationend": "person ra, staff ra",
    "casework_message": "person ra, staff rac",
    "casework_messagedocument": "person ra, staff ra",
    "casework_note": "staff ra",
    "casework_posting": "staff racd",
    "casework_reclassification": "staff ra",
    "casework_recommendation": "staff rac",
    "casework_reopening": "staff ra",
    "casework_reorientation": "person r, staff ra",
    "casework_requesteddocument": "person rc, staff rac",
    "casework_socialfacts": "staff racd",
    "casework_step": "person ra, staff ra",
    "casework_urgencysignal": "person ra, staff rac",
    "casework_waitchange": "staff ra",
    "complaints_priorcomplaint": "person racd, staff racd",
    "complaints_statusfact": "person ra, staff rac",
    "consultations_answerdraft": "service r, staff racd",
    "consultations_chase": "staff ra",
    "consultations_consultation": "service r, staff rac",
    "consultations_joined": "service r, staff racd",
    "correspondence_enclosure": "person r, staff racd",
    "correspondence_letter": "person rc, staff racd",
    "correspondence_lettertemplate": "all r, national racd, person r, staff racd",
    "correspondence_templateuse": "national r, staff ra",
    "debts_calculation": "staff ra",
    "debts_deductionscale": "national ra, staff r",
    "debts_explanation": "staff rac",
    "correspondence_readingpolicy": "staff rac",
    "correspondence_secondreading": "staff rad",
    "django_session": "all racd",
    "documents_document": "person rad, staff rad, upkeep rc",
    "documents_reading": "staff rac",
    "documents_sealingkey": "person ra, staff ra, upkeep r",
    "entitlements_estimate": "staff rac",
    "eligibility_anonymousattempt": "head r, national r, person a, staff ra",
    "eligibility_eligibilitycheck": "person ra, staff rac",
    "eligibility_eligibilitypolicy": "all r, national racd",
    "events_event": "head r, staff racd",
    "exports_export": "staff rac",
    "exports_piece": "staff rad",
    "findings_citedfigure": "head r, staff ra",
    "findings_evidence": "staff ra",
    "findings_finding": "head r, staff rac",
    "findings_followup": "head r, staff ra",
    "findings_proposal": "head r, staff rac",
    "imports_import": "staff racd",
    "imports_pastcase": "staff rad",
    "imports_pasttotal": "national r, staff rad",
    "journal_entry": "national ra, person ra, staff ra",
    "mailroom_collection": "staff rac",
    "mailroom_mail": "staff rac",
    "mailroom_mailfile": "staff rac",
    "mailroom_mailpolicy": "all r, staff rac",
    "mailroom_pointer": "staff rac",
    "mandates_mandate": "person rac, representative rc, staff rac",
    "mandates_representative": "person ra, representative r, staff ra",
    "notifications_delivery": "staff ra",
    "organisations_membership": "head r, national r, signin racd, staff r",
    "organisations_opening": "all r, national ra",
    "people_beneficiary": "person r, representative r, signin rac, staff rac",
    "people_contactdetail": "signin ra, staff ra",
    "people_likeness": "signin ra, staff rac",
    "precedents_precedent": "staff rad",
    "precedents_release": "staff rac",
    "referrals_keptfile": "staff rad",
    "referrals_referral": "person racd, staff racd",
    "referrals_referraldocument": "person rad, staff rad",
    "reports_annualreport": "all r, national racd, staff racd",
    "reports_chapter": "national racd, staff racd",
    "reports_edition": "all r, national ra, staff ra",
    "reports_highlight": "national racd, staff racd",
    "reports_picture": "all r, national racd, staff racd",
    "reports_quote": "national racd, staff racd",
    "search_copied": "staff ra",
    "search_entry": "staff r",
    "statistics_publication": "all r, national ra",
    "statistics_signal": "head r, national r, staff rad",
    "statistics_tally": "head r, national rad, staff rad",
    "statistics_waitingmonth": "national rd, staff ra",
    "statistics_watermark": "head r, national r, staff rac",
    "transfers_arrival": "person r, staff ra",
    "transfers_copiedletter": "person r, staff ra",
    "transfers_copiedmandate": "staff ra",
    "transfers_parcel": "person r, staff rac",
    "unsent_kepttext": "national racd, person racd, staff racd, upkeep rd",
    "worklists_desk": "staff rac",
    "worklists_operation": "staff rac",
    "worklists_pick": "staff rac",
    "worklists_savedview": "staff racd",
    "worklists_visit": "staff rac",
}
CHANGED = {
    "attendance_absence": "cover_id first_on last_on note version",
    "attendance_noticewish": "answered assigned deadline cover reading quiet_days version",
    "attendance_presence": "seen_at",
    "callbacks_callbackrequest": "sender_mark state tries handled_by handled_at forget_on",
    "casework_appointment": "way starts_at place words state told_at told_by ended_at ended_by",
    "casework_deadline": "due_on because met_on",
    "casework_documentrequest": "due_on closed_at ending",
    "casework_financialeffect": "validated_at validated_by validated_by_id",
    "casework_followcode": "digest given_at given_by ended_at",
    "casework_hold": "look_again_on ended_on ending",
    "casework_link": "replaced_at",
    "casework_message": "read_at",
    "casework_posting": "address prepared_at prepared_by sent_at sent_by sent_on postage number sealed_to"
    " fate fate_on noted_at noted_by retold retold_at retold_by",
    "casework_recommendation": "answer answer_words answered_on noted_at noted_by",
    "casework_requesteddocument": "excuse answered_at document_id",
    "casework_socialfacts": "household age quotient noted_at noted_by",
    "casework_urgencysignal": "weighing weighed_at weighed_by",
    "complaints_statusfact": "told_at failed_at failure",
    "debts_explanation": "sealed version edited_in saved_at saved_by",
    "correspondence_enclosure": "name sha256",
    "correspondence_readingpolicy": "is_wanted chosen_at chosen_by",
    "consultations_answerdraft": "sealed page version saved_at saved_by",
    "consultations_consultation": "due_on dated_at state stopped_at reminded_at ended_at ended_by heard"
    " sealed_answer read_at version",
    "consultations_joined": "kind",
    "documents_document": "state",
    "documents_reading": "outcome is_recognised text read_at",
    "entitlements_estimate": "amounts state ended_at computed_with because",
    "eligibility_eligibilitycheck": "announced_at",
    "events_event": "on kind title with_whom outcome version",
    "exports_export": "state decided_at decided_by words lines done"
    " last moved_at wrapped size ready_at expires_at",
    "findings_finding": "title words motive code benefit version",
    "findings_proposal": "outcome since",
    "imports_import": "state rows taken_at taken_by undone_at undone_by",
    "mailroom_collection": "tried_at succeeded_at",
    "mailroom_mail": "remarks state why words sorted_at sorted_by case_id",
    "mailroom_mailfile": "document_id",
    "mailroom_mailpolicy": "policy chosen_at chosen_by",
    "mailroom_pointer": "sent_at",
    "mandates_mandate": "revoked_at revoked_by",
    "people_likeness": "replaced_at",
    "precedents_release": "withdrawn_at withdrawn_by because",
    "reports_annualreport": "state frozen_at frozen_by published_at published_by",
    "reports_picture": "alternative caption",
    "statistics_watermark": "caught_up_at",
    "transfers_parcel": "number numbered_by wrapped sealed blobs"
    " packed_at stopped tries tried_at taken_in_at arrived_as",
    "unsent_kepttext": "page version wrapped sealed kept_at",
    "worklists_desk": "columns has_shortcuts begins_with",
    "worklists_operation": "state why moved_at ended_at wrapped",
    "worklists_pick": "fate why done_at was_with left_at line",
    "worklists_savedview": "name is_shared asked columns version changed_at changed_by",
    "worklists_visit": "at before",
}

# Of a draft, what shows to whoever may not read it: that a key was made, and the complaint it rests on,
# which is the Caf’s own.
SEEN_OF_A_DRAFT = {"documents_sealingkey", "complaints_priorcomplaint"}
OTHER = replace(MAUD, name="Ines Garrigues")
POLICIES = (
    "SELECT tablename, cmd, coalesce(qual, with_check) FROM pg_policies"
    " WHERE schemaname = 'public' AND 'public' = ANY(roles) ORDER BY 1, 2"
)
LETTERS = {"SELECT": "r", "INSERT": "a", "UPDATE": "c", "DELETE": "d"}


COLUMNS = (
    "SELECT c.relname, string_agg(a.attname, ' ' ORDER BY a.attnum) FROM pg_class c"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity"
    " AND has_column_privilege(c.oid, a.attnum, 'UPDATE') AND NOT has_table_privilege(c.oid, 'UPDATE')"
    " GROUP BY 1"
)


def opened(condition: str) -> list[str]:
    """The audiences that a condition names; `all`, when it has rows for whoever is not named."""
    if not condition.startswith("CASE"):
        return ["all"]
    named = re.findall(r"WHEN '(\w+)'::text THEN", condition)
    return named if re.search(r"ELSE false\s+END$", condition) else [*named, "all"]


def may(verb: str, table: str) -> bool:
    """What is granted, with or without a list of columns; nobody removes a column."""
    asked = "has_table_privilege" if verb == "DELETE" else "has_any_column_privilege"
    return bool(sql(f"SELECT {asked}(%s, %s)", table, verb)[0][0])


def reach() -> dict[str, str]:
    found: dict[str, dict[str, str]] = {}
    for table, verb, condition in sql(POLICIES):
        verbs = found.setdefault(table, {})
        for audience in opened(condition.strip().strip("()").strip()) if may(verb, table) else ():
            verbs[audience] = verbs.get(audience, "") + LETTERS[verb]
    return {table: ", ".join(map(letters, sorted(known.items()))) for table, known in found.items()}


def letters(known: tuple[str, str]) -> str:
    return f"{known[0]} {''.join(sorted(set(known[1]), key='racd'.index))}"


@pytest.mark.django_db
def test_no_policy_opens_more_than_is_written_here() -> None:
    assert reach() == REACH


@pytest.mark.django_db
def test_no_column_changes_that_is_not_written_here() -> None:
    assert {table: set(columns.split()) for table, columns in sql(COLUMNS)} == {
        table: set(columns.split()) for table, columns in CHANGED.items()
    }


def seen(context: Context) -> dict[str, int]:
    with rowsecurity.working_for(context):
        return {table: sql(f"SELECT count(*) FROM {table}")[0][0] for table in protected_tables()}


def told(of: Beneficiary, by: Actor, at: datetime) -> Case:
    """A case in which everybody has said and asked something."""
    case = a_studied_case(of, by, at)
    with rowsecurity.working_for(rowsecurity.person(of.pk)):
        casework.write_to_service(case=case, body="Bonjour", by=of.as_actor(), at=at)
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        casework.write_to_person(case=case, body="Bonjour", by=by, at=at)
        casework.note(case=case, text="À revoir", by=by, at=at)
        look_again_on = at.date() + timedelta(30)
        casework.await_decision(
            case=case, body="MDPH", reason="AAH", look_again_on=look_again_on, by=by, at=at
        )
        casework.ask_documents(case=case, labels=["Avis"], due_on=look_again_on, by=by, at=at)
    return case


def test_a_mandate_of_one_request_reaches_nothing_else_of_the_person(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at, case=told(cast.samira, cast.claire, at))
    one = rowsecurity.acting(mandate.pk)
    before = seen(one)
    told(cast.samira, cast.claire, at)
    hers(cast, at)
    theirs(given(cast.samira, at), cast, at)
    protected(cast.samira, cast.claire, at)
    told(cast.lucette, cast.claire, at)
    assert seen(one) == before


def test_a_whole_mandate_reaches_neither_the_draft_of_the_person_nor_another_mandate(
    cast: Cast, at: datetime
) -> None:
    told(cast.samira, cast.claire, at)
    whole = rowsecurity.acting(given(cast.samira, at).pk)
    before = seen(whole)
    hers(cast, at)
    theirs(given(cast.samira, at, to=OTHER), cast, at)
    protected(cast.samira, cast.claire, at)
    told(cast.lucette, cast.claire, at)
    after = seen(whole)
    assert {table for table in after if after[table] != before[table]} <= SEEN_OF_A_DRAFT


def test_a_person_reaches_nothing_of_another_nor_what_is_written_under_a_mandate(
    cast: Cast, at: datetime
) -> None:
    told(cast.samira, cast.claire, at)
    mandate = given(cast.samira, at)
    her = rowsecurity.person(cast.samira.pk)
    before = seen(her)
    theirs(mandate, cast, at)
    told(cast.lucette, cast.claire, at)
    protected(cast.lucette, cast.claire, at)
    after = seen(her)
    assert {table for table in after if after[table] != before[table]} <= SEEN_OF_A_DRAFT


def test_the_service_reaches_nothing_of_what_is_not_sent(cast: Cast, at: datetime) -> None:
    told(cast.samira, cast.claire, at)
    mandate = given(cast.samira, at)
    service = rowsecurity.staff(cast.paris.pk)
    before = seen(service)
    hers(cast, at)
    theirs(mandate, cast, at)
    after = seen(service)
    assert {table for table in after if after[table] != before[table]} <= SEEN_OF_A_DRAFT
