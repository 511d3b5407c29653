from django.db import models

from mediane.documents.states import Outcome
from mediane.organisations.models import Organisation


class State(models.TextChoices):
    QUARANTINED = "QUARANTINED", "en cours de vérification"
    CLEAN = "CLEAN", "vérifié"
    REFUSED = "REFUSED", "refusé"


class SealingKey(models.Model):
    """The key of one file, wrapped by the key of the settings. Without its row nothing opens."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    beneficiary_id = models.BigIntegerField("allocataire", null=True)
    wrapped = models.BinaryField("clé emballée")

    def __str__(self) -> str:
        return f"clé {self.pk}"


class Document(models.Model):
    """A file received, sealed. Knows nothing of what it is joined to."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    beneficiary_id = models.BigIntegerField("déposant", null=True)
    key = models.ForeignKey(SealingKey, models.PROTECT, db_constraint=False)
    public_id = models.UUIDField("identifiant public", unique=True)
    shown_name = models.CharField("nom montré", max_length=120)
    our_name = models.CharField("nom à nous", max_length=120)
    media_type = models.CharField("type", max_length=40)
    size = models.PositiveIntegerField("taille en octets")
    pages = models.PositiveSmallIntegerField("pages", default=1)
    sha256 = models.CharField("empreinte", max_length=64)
    blob = models.CharField("nom du fichier scellé", max_length=80)
    state = models.CharField("état", max_length=12, choices=State, default=State.QUARANTINED)
    deposited_at = models.DateTimeField("déposé le")
    deposited_by = models.CharField("déposé par", max_length=120)

    class Meta:
        indexes = [models.Index(fields=["organisation", "beneficiary_id"], name="document_of_a_beneficiary")]

    def __str__(self) -> str:
        return self.shown_name


class Reading(models.Model):
    """The text of a file of a case, to be searched like the rest: not sealed, as what people write is not."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    # What is joined to a case is never removed; a draft’s file, or a mail’s not sorted yet, is not read.
    document = models.OneToOneField(Document, models.DO_NOTHING, related_name="reading", db_constraint=False)
    outcome = models.CharField("lecture", max_length=10, choices=Outcome)
    is_recognised = models.BooleanField("reconnu par un logiciel")
    text = models.TextField("texte", blank=True)
    read_at = models.DateTimeField("lu le")

    def __str__(self) -> str:
        return f"{self.document_id}\u00a0: {self.get_outcome_display()}"
