from django.db import migrations

from mediane.casework.states import MOVES
from mediane.kit import rowsecurity
from mediane.kit.rowsecurity import PERSON_ROWS, STAFF_ROWS

MINE = f"case_id IN (SELECT id FROM casework_case WHERE {PERSON_ROWS})"
MY_REQUESTS = f"request_id IN (SELECT id FROM casework_documentrequest WHERE {MINE})"
MY_MESSAGES = f"message_id IN (SELECT id FROM casework_message WHERE {MINE})"

PAIRS = ", ".join(
    f"('{source.value}', '{target.value}')"
    for source, target in sorted({(s, target) for sources, target in MOVES.values() for s in sources})
)
# The table of moves, kept below the application too: raw SQL goes no further than a button.
STATE_MACHINE = f"""
CREATE FUNCTION case_moves_by_the_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({PAIRS}) THEN
        RAISE EXCEPTION 'case % cannot go from % to %', OLD.reference, OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.reference, NEW.referral_id, NEW.beneficiary_id, NEW.organisation_id, NEW.received_at)
        IS DISTINCT FROM (OLD.reference, OLD.referral_id, OLD.beneficiary_id, OLD.organisation_id, OLD.received_at)
    THEN
        RAISE EXCEPTION 'the identity of case % never changes', OLD.reference
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER case_moves_by_the_table BEFORE UPDATE ON casework_case
    FOR EACH ROW EXECUTE FUNCTION case_moves_by_the_table();
"""

CHILDREN = (
    "step",
    "deadline",
    "admissibility",
    "reorientation",
    "litigationend",
    "closing",
    "documentrequest",
    "hold",
    "message",
    "note",
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("referrals", "0002_row_security")]
    operations = [
        rowsecurity.protect("casework_case", "SELECT, INSERT, UPDATE", staff=STAFF_ROWS, person=PERSON_ROWS),
        rowsecurity.same_tenant("casework_case", "referral_id", "referrals_referral"),
        rowsecurity.same_tenant("casework_case", "beneficiary_id", "people_beneficiary"),
        rowsecurity.same_tenant("casework_case", "key_id", "documents_sealingkey"),
        rowsecurity.protect("casework_step", "SELECT, INSERT", staff=STAFF_ROWS, person=f"is_shared AND {MINE}"),
        rowsecurity.protect("casework_deadline", staff=STAFF_ROWS, person=MINE),
        rowsecurity.protect("casework_admissibility", "SELECT, INSERT", staff=STAFF_ROWS, person_reads=MINE),
        rowsecurity.protect("casework_reorientation", "SELECT, INSERT", staff=STAFF_ROWS, person_reads=MINE),
        rowsecurity.protect("casework_litigationend", "SELECT, INSERT", staff=STAFF_ROWS, person=MINE),
        rowsecurity.protect("casework_closing", "SELECT, INSERT", staff=STAFF_ROWS, person_reads=MINE),
        rowsecurity.protect("casework_documentrequest", "SELECT, INSERT, UPDATE", staff=STAFF_ROWS, person=MINE),
        rowsecurity.protect("casework_requesteddocument", "SELECT, INSERT, UPDATE", staff=STAFF_ROWS, person=MY_REQUESTS),
        rowsecurity.protect("casework_hold", "SELECT, INSERT, UPDATE", staff=STAFF_ROWS, person=MINE),
        rowsecurity.protect("casework_message", "SELECT, INSERT, UPDATE", staff=STAFF_ROWS, person=MINE),
        rowsecurity.protect("casework_messagedocument", "SELECT, INSERT", staff=STAFF_ROWS, person=MY_MESSAGES),
        rowsecurity.protect("casework_note", "SELECT, INSERT", staff=STAFF_ROWS),
        *[rowsecurity.same_tenant(f"casework_{child}", "case_id", "casework_case") for child in CHILDREN],
        rowsecurity.same_tenant("casework_requesteddocument", "request_id", "casework_documentrequest"),
        rowsecurity.same_tenant("casework_requesteddocument", "document_id", "documents_document"),
        rowsecurity.same_tenant("casework_messagedocument", "message_id", "casework_message"),
        rowsecurity.same_tenant("casework_messagedocument", "document_id", "documents_document"),
        migrations.RunSQL(STATE_MACHINE, "DROP FUNCTION case_moves_by_the_table CASCADE"),
    ]
