import uuid

import django.db.models.deletion
from django.db import migrations, models

from mediane.kit import rowsecurity
from mediane.kit.rowsecurity import STAFF_ROWS

# Whoever asks writes a row that nobody has touched, for a Caf, and sees none.
ASKED = (
    "state = 'waiting' AND handled_by = '' AND tries = 0"
    " AND organisation_id IN (SELECT caf.id FROM organisations_organisation caf WHERE NOT caf.is_national)"
)
# Whoever asks sees no row, and the first may be another Caf’s: the owner removes what the same page said first.
# For it, the table opens to that alone. Two at once wait for each other; what an agent takes meanwhile stays.
REPLACED = """
CREATE POLICY found_by_its_owner ON callbacks_callbackrequest FOR SELECT TO CURRENT_USER USING (state = 'waiting');
CREATE POLICY replaced_by_its_owner ON callbacks_callbackrequest FOR DELETE TO CURRENT_USER USING (state = 'waiting');
CREATE FUNCTION callback_replaces() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.page_mark, 0));
    DELETE FROM callbacks_callbackrequest
        WHERE page_mark = NEW.page_mark AND id <> NEW.id AND state = 'waiting';
    RETURN NEW;
END $$;
CREATE TRIGGER callback_replaces BEFORE INSERT ON callbacks_callbackrequest
    FOR EACH ROW EXECUTE FUNCTION callback_replaces();
REVOKE EXECUTE ON FUNCTION callback_replaces FROM PUBLIC;
"""
UNREPLACED = """
DROP FUNCTION callback_replaces CASCADE;
DROP POLICY replaced_by_its_owner ON callbacks_callbackrequest;
DROP POLICY found_by_its_owner ON callbacks_callbackrequest
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallbackRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField(verbose_name="clé emballée")),
                ("sealed", models.BinaryField(verbose_name="coordonnées scellées")),
                ("moment", models.CharField(choices=[("morning", "Le matin"), ("midday", "Entre midi et 14\xa0h"), ("afternoon", "L’après-midi"), ("any", "N’importe quand dans la journée")], max_length=10, verbose_name="bon moment")),
                ("voicemail", models.BooleanField(default=False, verbose_name="message vocal permis")),
                ("asked_at", models.DateTimeField(verbose_name="demandée le")),
                ("sender_mark", models.CharField(blank=True, max_length=64, verbose_name="empreinte de la connexion")),
                ("page_mark", models.CharField(max_length=64, verbose_name="empreinte de la page")),
                ("slot", models.PositiveSmallIntegerField(default=1, verbose_name="rang dans le jour")),
                ("state", models.CharField(choices=[("waiting", "À rappeler"), ("taken", "Pris"), ("called", "Rappelé"), ("unreachable", "Injoignable")], default="waiting", max_length=12, verbose_name="état")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="appels sans réponse")),
                ("handled_by", models.CharField(blank=True, max_length=120, verbose_name="par")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="depuis le")),
                ("forget_on", models.DateField(blank=True, null=True, verbose_name="effacée le")),
                ("organisation", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="organisations.organisation")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "state", "asked_at"], name="callback_by_state"),
                    models.Index(fields=["page_mark"], name="callback_of_a_page"),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("sender_mark", ""), _negated=True), fields=("organisation", "sender_mark", "slot"), name="callback_slots_of_a_connection"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("forget_on", None), ("handled_at", None), ("handled_by", ""), ("state", "waiting")),
                            models.Q(("forget_on", None), ("handled_at__isnull", False), ("state", "taken"), models.Q(("handled_by", ""), _negated=True)),
                            models.Q(("forget_on__isnull", False), ("handled_at__isnull", False), ("state__in", ("called", "unreachable")), models.Q(("handled_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="callback_handled_is_forgotten",
                        violation_error_message="Une demande traitée dit par qui, et quand elle sera effacée.",
                    ),
                ],
            },
        ),
        rowsecurity.protect(
            "callbacks_callbackrequest",
            "SELECT, INSERT, UPDATE (state, tries, handled_by, handled_at, forget_on, sender_mark), DELETE",
            public_adds=ASKED,
            person_adds=ASKED,
            representative_adds=ASKED,
            staff_reads=STAFF_ROWS,
            staff_changes=STAFF_ROWS,
            # What was not handled is nobody’s to erase.
            staff_removes=f"{STAFF_ROWS} AND forget_on IS NOT NULL",
        ),
        migrations.RunSQL(REPLACED, UNREPLACED),
    ]
