import django.db.models.deletion
from django.db import migrations, models

from mediane.kit import rowsecurity
from mediane.kit.rowsecurity import MANDATE, ORGANISATION, OWN, STAFF_ROWS

# A text that was not sent is read by nobody else: neither the service, nor the person for whom somebody acts.
THEIRS = (
    f"((writer_kind = 'person' AND writer_id = {OWN}) OR (writer_kind = 'mandate' AND writer_id = {MANDATE}))"
)


def of_members(kind):
    return f"organisation_id = {ORGANISATION} AND writer_kind = '{kind}'"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('writer_kind', models.CharField(max_length=10, verbose_name='qui écrit')),
                ('writer_id', models.BigIntegerField(verbose_name='son numéro')),
                ('place', models.CharField(max_length=200, verbose_name='adresse de la page')),
                ('page', models.UUIDField(verbose_name='page ouverte')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('wrapped', models.BinaryField(verbose_name='clé emballée')),
                ('sealed', models.BinaryField(verbose_name='texte scellé')),
                ('kept_at', models.DateTimeField(verbose_name='gardé le')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'kept_at'], name='kept_text_by_age')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'writer_kind', 'writer_id', 'place'), name='kept_text_once_a_page')],
            },
        ),
        rowsecurity.protect(
            "unsent_kepttext",
            "SELECT, INSERT, DELETE, UPDATE (page, version, wrapped, sealed, kept_at)",
            staff=of_members("staff"),
            national=of_members("national"),
            person=THEIRS,
            upkeep_reads=STAFF_ROWS,
            upkeep_removes=STAFF_ROWS,
        ),
    ]
