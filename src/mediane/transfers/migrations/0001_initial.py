import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from mediane.kit import rowsecurity
from mediane.kit.rowsecurity import ORGANISATION, PERSON_ROWS, STAFF_ROWS

MINE = f"case_id IN (SELECT id FROM casework_case WHERE {PERSON_ROWS})"
# The one row that two Cafs see.
AT_EITHER_END = f"(organisation_id = {ORGANISATION} OR to_id = {ORGANISATION})"
# Filled by the sender, emptied by the receiver, and never again; filled anew when it would not pass. Who has
# it in hand counts the tries.
ONE_WAY = f"""
CREATE FUNCTION parcel_goes_one_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.taken_in_at IS NOT NULL
        OR (NEW.packed_at IS DISTINCT FROM OLD.packed_at AND {ORGANISATION} <> OLD.organisation_id)
        OR (NEW.packed_at IS DISTINCT FROM OLD.packed_at AND OLD.packed_at IS NOT NULL
            AND NOT (NEW.packed_at IS NULL AND OLD.stopped IN ('damaged', 'tried')))
        OR ((NEW.number, NEW.numbered_by, NEW.taken_in_at, NEW.arrived_as)
            IS DISTINCT FROM (OLD.number, OLD.numbered_by, OLD.taken_in_at, OLD.arrived_as)
            AND {ORGANISATION} <> OLD.to_id)
        OR ((NEW.stopped, NEW.tries, NEW.tried_at) IS DISTINCT FROM (OLD.stopped, OLD.tries, OLD.tried_at)
            AND {ORGANISATION} <> CASE WHEN OLD.packed_at IS NULL OR NEW.packed_at IS NULL
                THEN OLD.organisation_id ELSE OLD.to_id END)
        OR (OLD.packed_at IS NOT NULL AND NEW.packed_at IS NOT NULL AND NEW.taken_in_at IS NULL
            AND (NEW.wrapped, NEW.sealed, NEW.blobs) IS DISTINCT FROM (OLD.wrapped, OLD.sealed, OLD.blobs))
    THEN
        RAISE EXCEPTION 'parcel % goes one way: it never changes like this', OLD.reference
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER parcel_goes_one_way BEFORE UPDATE ON transfers_parcel
    FOR EACH ROW EXECUTE FUNCTION parcel_goes_one_way();
"""
STOPPED = [
    ("other_name", "Ce numéro est celui de quelqu’un qui porte un autre nom"),
    ("damaged", "Un fichier ou le contenu ne s’ouvre pas"),
    ("tried", "Plusieurs essais n’ont pas abouti"),
]
REASONS = [
    ("moved", "La personne a changé de département"),
    ("wrong_caf", "La demande s’adressait à une autre Caf"),
]


def key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def organisation(**options: object) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, to="organisations.organisation", **options
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0001_initial"),
        ("documents", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", key()),
                ("public_id", models.UUIDField(unique=True, verbose_name="identifiant public")),
                ("reference", models.CharField(max_length=9, verbose_name="référence chez l’expéditeur")),
                (
                    "number",
                    models.CharField(max_length=8, verbose_name="numéro allocataire chez le destinataire"),
                ),
                (
                    "numbered_by",
                    models.CharField(blank=True, max_length=120, verbose_name="numéro vérifié par"),
                ),
                ("sent_at", models.DateTimeField(verbose_name="envoyé le")),
                ("sent_by", models.CharField(max_length=120, verbose_name="envoyé par")),
                ("wrapped", models.BinaryField(blank=True, null=True, verbose_name="clé emballée")),
                ("sealed", models.BinaryField(blank=True, null=True, verbose_name="contenu scellé")),
                (
                    "blobs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="fichiers scellés",
                    ),
                ),
                ("packed_at", models.DateTimeField(blank=True, null=True, verbose_name="prêt le")),
                (
                    "stopped",
                    models.CharField(
                        blank=True, choices=STOPPED, max_length=20, verbose_name="ce qui l’arrête"
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="dernier essai le")),
                ("taken_in_at", models.DateTimeField(blank=True, null=True, verbose_name="arrivé le")),
                (
                    "arrived_as",
                    models.CharField(
                        blank=True, max_length=9, verbose_name="référence chez le destinataire"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcel",
                        to="casework.case",
                    ),
                ),
                ("organisation", organisation(related_name="+")),
                ("to", organisation(related_name="+")),
            ],
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", key()),
                ("parcel", models.UUIDField(unique=True, verbose_name="envoi")),
                ("reference", models.CharField(max_length=9, verbose_name="référence là-bas")),
                ("reason", models.CharField(choices=REASONS, max_length=10, verbose_name="motif")),
                ("moved_on", models.DateField(verbose_name="dépend de cette Caf depuis le")),
                ("sent_at", models.DateTimeField(verbose_name="envoyé le")),
                ("sent_by", models.CharField(max_length=120, verbose_name="envoyé par")),
                ("arrived_at", models.DateTimeField(verbose_name="arrivé le")),
                ("story", models.BinaryField(verbose_name="ce qui a été fait, scellé")),
                ("brought", models.JSONField(default=dict, verbose_name="ce qui est venu avec")),
                (
                    "case",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrival",
                        to="casework.case",
                    ),
                ),
                ("organisation", organisation()),
                ("sender", organisation(related_name="+")),
            ],
        ),
        migrations.CreateModel(
            name="CopiedLetter",
            fields=[
                ("id", key()),
                ("public_id", models.UUIDField(unique=True, verbose_name="identifiant public")),
                ("written_by", models.CharField(max_length=60, verbose_name="écrite par")),
                ("kind", models.CharField(max_length=60, verbose_name="sorte")),
                ("title", models.CharField(max_length=160, verbose_name="titre")),
                ("signed_at", models.DateTimeField(verbose_name="signée le")),
                ("signed_by", models.CharField(max_length=120, verbose_name="signée par")),
                ("pdf", models.BinaryField(verbose_name="PDF scellé")),
                ("pdf_sha256", models.CharField(max_length=64, verbose_name="empreinte du PDF")),
                ("large", models.BinaryField(verbose_name="grands caractères, scellé")),
                (
                    "easy",
                    models.BinaryField(blank=True, null=True, verbose_name="facile à lire, scellé"),
                ),
                (
                    "arrival",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="transfers.arrival",
                    ),
                ),
                ("organisation", organisation()),
            ],
        ),
        migrations.AddIndex(
            model_name="copiedletter",
            index=models.Index(fields=["arrival"], name="copied_letter_of_an_arrival"),
        ),
        migrations.CreateModel(
            name="CopiedMandate",
            fields=[
                ("id", key()),
                ("public_id", models.UUIDField(unique=True, verbose_name="identifiant public")),
                ("name", models.CharField(max_length=60, verbose_name="nom")),
                ("kind", models.CharField(max_length=60, verbose_name="qualité")),
                ("structure", models.CharField(blank=True, max_length=120, verbose_name="organisme")),
                ("scope", models.CharField(max_length=60, verbose_name="étendue")),
                ("judged_on", models.DateField(blank=True, null=True, verbose_name="jugement du")),
                ("court", models.CharField(blank=True, max_length=120, verbose_name="tribunal")),
                ("starts_on", models.DateField(verbose_name="à partir du")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "arrival",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="transfers.arrival",
                    ),
                ),
                ("organisation", organisation()),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["arrival"], name="copied_mandate_of_an_arrival")],
            },
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("arrived_as", ""), ("taken_in_at", None)),
                    models.Q(
                        ("blobs", []),
                        ("sealed", None),
                        ("stopped", ""),
                        ("taken_in_at__isnull", False),
                        ("wrapped", None),
                    ),
                    _connector="OR",
                ),
                name="parcel_taken_in_is_empty",
                violation_error_message="Un envoi arrivé ne garde rien.",
            ),
        ),
        rowsecurity.protect(
            "transfers_parcel",
            "SELECT, INSERT, UPDATE (number, numbered_by, wrapped, sealed, blobs, packed_at, stopped,"
            " tries, tried_at, taken_in_at, arrived_as)",
            staff_reads=AT_EITHER_END,
            staff_adds=STAFF_ROWS,
            staff_changes=AT_EITHER_END,
            person_reads=MINE,
        ),
        rowsecurity.protect("transfers_arrival", "SELECT, INSERT", staff=STAFF_ROWS, person_reads=MINE),
        rowsecurity.protect(
            "transfers_copiedletter",
            "SELECT, INSERT",
            staff=STAFF_ROWS,
            person_reads=f"arrival_id IN (SELECT id FROM transfers_arrival WHERE {MINE})",
        ),
        # A judgment is the service's reading alone.
        rowsecurity.protect("transfers_copiedmandate", "SELECT, INSERT", staff=STAFF_ROWS),
        rowsecurity.same_tenant("transfers_copiedmandate", "arrival_id", "transfers_arrival"),
        rowsecurity.same_tenant("transfers_copiedmandate", "proof_id", "documents_document"),
        rowsecurity.same_tenant("transfers_parcel", "case_id", "casework_case"),
        rowsecurity.same_tenant("transfers_arrival", "case_id", "casework_case"),
        rowsecurity.same_tenant("transfers_copiedletter", "arrival_id", "transfers_arrival"),
        migrations.RunSQL(ONE_WAY, "DROP FUNCTION parcel_goes_one_way CASCADE"),
    ]
