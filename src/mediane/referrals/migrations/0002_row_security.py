from django.db import migrations

from mediane.kit import rowsecurity

MINE = f"referral_id IN (SELECT id FROM referrals_referral WHERE {rowsecurity.PERSON_ROWS})"

# What was sent is what was sent: only a draft changes or goes.
FROZEN = """
CREATE FUNCTION referral_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.filed_at IS NOT NULL THEN
        RAISE EXCEPTION 'referral % was filed on %: it never changes', OLD.reference, OLD.filed_at
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referral_is_frozen BEFORE UPDATE OR DELETE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referral_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_initial"),
        ("complaints", "0002_row_security"),
        ("eligibility", "0002_row_security"),
    ]
    operations = [
        rowsecurity.protect("referrals_referral", staff=rowsecurity.STAFF_ROWS, person=rowsecurity.PERSON_ROWS),
        rowsecurity.protect("referrals_referraldocument", staff=rowsecurity.STAFF_ROWS, person=MINE),
        rowsecurity.same_tenant("referrals_referral", "beneficiary_id", "people_beneficiary"),
        rowsecurity.same_tenant("referrals_referral", "key_id", "documents_sealingkey"),
        rowsecurity.same_tenant("referrals_referral", "complaint_id", "complaints_priorcomplaint"),
        rowsecurity.same_tenant("referrals_referral", "check_passed_id", "eligibility_eligibilitycheck"),
        rowsecurity.same_tenant("referrals_referraldocument", "referral_id", "referrals_referral"),
        rowsecurity.same_tenant("referrals_referraldocument", "document_id", "documents_document"),
        migrations.RunSQL(FROZEN, "DROP FUNCTION referral_is_frozen CASCADE"),
    ]
