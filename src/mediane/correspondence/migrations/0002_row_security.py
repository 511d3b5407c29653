from pathlib import Path

from django.db import migrations

from mediane.kit import rowsecurity
from mediane.kit.loading import load

TEMPLATES = Path(__file__).parent.parent / "fixtures" / "templates.json"
MINE = f"signed_at IS NOT NULL AND case_id IN (SELECT id FROM casework_case WHERE {rowsecurity.PERSON_ROWS})"

# A signed letter never changes; its PDF is made once, its opening is noted once.
FROZEN = """
CREATE FUNCTION letter_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL AND (
        TG_OP = 'DELETE'
        OR (NEW.case_id, NEW.template_id, NEW.kind, NEW.public_id, NEW.title, NEW.body, NEW.signed_at,
            NEW.signed_by, NEW.signed_as)
           IS DISTINCT FROM (OLD.case_id, OLD.template_id, OLD.kind, OLD.public_id, OLD.title, OLD.body,
            OLD.signed_at, OLD.signed_by, OLD.signed_as)
        OR (OLD.pdf IS NOT NULL AND (NEW.pdf, NEW.pdf_sha256) IS DISTINCT FROM (OLD.pdf, OLD.pdf_sha256))
        OR (OLD.read_at IS NOT NULL AND NEW.read_at IS DISTINCT FROM OLD.read_at)
    ) THEN
        RAISE EXCEPTION 'letter % was signed on %: it never changes', OLD.public_id, OLD.signed_at
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_is_frozen BEFORE UPDATE OR DELETE ON correspondence_letter
    FOR EACH ROW EXECUTE FUNCTION letter_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0001_initial"), ("casework", "0002_row_security")]
    operations = [
        rowsecurity.reference("correspondence_lettertemplate"),
        rowsecurity.protect("correspondence_letter", staff=rowsecurity.STAFF_ROWS, person=MINE),
        rowsecurity.same_tenant("correspondence_letter", "case_id", "casework_case"),
        migrations.RunSQL(FROZEN, "DROP FUNCTION letter_is_frozen CASCADE"),
        migrations.RunPython(load("correspondence", TEMPLATES, "LetterTemplate"), migrations.RunPython.noop),
    ]
