from django.contrib.postgres.fields import ArrayField
from django.db import models

from mediane.casework.models import Case
from mediane.casework.states import WhyTransferred
from mediane.documents.models import Document
from mediane.organisations.models import Organisation
from mediane.transfers.states import FAILED, Stage, Stopped


class Parcel(models.Model):
    """A case on its way to another Caf: filled by a job of the sender, emptied by one of the receiver.

    It is the only row that two Cafs see. What it holds is sealed with a key of its own.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="parcel", db_constraint=False)
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    public_id = models.UUIDField("identifiant public", unique=True)
    reference = models.CharField("référence chez l’expéditeur", max_length=9)
    number = models.CharField("numéro allocataire chez le destinataire", max_length=8)
    numbered_by = models.CharField("numéro vérifié par", max_length=120, blank=True)
    sent_at = models.DateTimeField("envoyé le")
    sent_by = models.CharField("envoyé par", max_length=120)

    wrapped = models.BinaryField("clé emballée", null=True, blank=True)
    sealed = models.BinaryField("contenu scellé", null=True, blank=True)
    blobs = ArrayField(
        models.CharField(max_length=32), verbose_name="fichiers scellés", default=list, blank=True
    )
    packed_at = models.DateTimeField("prêt le", null=True, blank=True)
    stopped = models.CharField("ce qui l’arrête", max_length=20, choices=Stopped, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    tried_at = models.DateTimeField("dernier essai le", null=True, blank=True)
    taken_in_at = models.DateTimeField("arrivé le", null=True, blank=True)
    arrived_as = models.CharField("référence chez le destinataire", max_length=9, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="parcel_taken_in_is_empty",
                condition=models.Q(taken_in_at=None, arrived_as="")
                | models.Q(taken_in_at__isnull=False, wrapped=None, sealed=None, blobs=[], stopped=""),
                violation_error_message="Un envoi arrivé ne garde rien.",
            ),
        ]

    def __str__(self) -> str:
        return f"envoi du {self.sent_at:%Y-%m-%d}"

    @property
    def stage(self) -> Stage:
        if self.taken_in_at is not None:
            return Stage.TAKEN_IN
        if self.stopped:
            return Stage.FAILED if self.stopped in FAILED else Stage.STOPPED
        return Stage.PACKED if self.packed_at else Stage.SENT


class Arrival(models.Model):
    """Where a case came from, at the Caf that took it in."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="arrival", db_constraint=False)
    parcel = models.UUIDField("envoi", unique=True)
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField("référence là-bas", max_length=9)
    reason = models.CharField("motif", max_length=10, choices=WhyTransferred)
    moved_on = models.DateField("dépend de cette Caf depuis le")
    sent_at = models.DateTimeField("envoyé le")
    sent_by = models.CharField("envoyé par", max_length=120)
    arrived_at = models.DateTimeField("arrivé le")
    # What was done there, in lines; sealed with the key of the case.
    story = models.BinaryField("ce qui a été fait, scellé")
    # How many tables, calculations, days and estimates came with it: numbers, never what they say.
    brought = models.JSONField("ce qui est venu avec", default=dict)

    def __str__(self) -> str:
        return f"de {self.sender_id}, {self.reference}"


class CopiedLetter(models.Model):
    """A letter that another Caf signed: the very PDF it sent, sealed anew, never changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    arrival = models.ForeignKey(
        Arrival, models.PROTECT, related_name="letters", db_constraint=False, db_index=False
    )
    public_id = models.UUIDField("identifiant public", unique=True)
    written_by = models.CharField("écrite par", max_length=60)
    kind = models.CharField("sorte", max_length=60)
    title = models.CharField("titre", max_length=160)
    signed_at = models.DateTimeField("signée le")
    signed_by = models.CharField("signée par", max_length=120)
    pdf = models.BinaryField("PDF scellé")
    pdf_sha256 = models.CharField("empreinte du PDF", max_length=64)
    # Drawn there from what was signed: its text did not travel.
    large = models.BinaryField("grands caractères, scellé")
    easy = models.BinaryField("facile à lire, scellé", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["arrival"], name="copied_letter_of_an_arrival")]

    def __str__(self) -> str:
        return self.title


class CopiedMandate(models.Model):
    """Who spoke for the person at another Caf: told to the service, with its proof. It opens nothing here."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    arrival = models.ForeignKey(
        Arrival, models.PROTECT, related_name="mandates", db_constraint=False, db_index=False
    )
    public_id = models.UUIDField("identifiant public", unique=True)
    name = models.CharField("nom", max_length=60)
    kind = models.CharField("qualité", max_length=60)
    structure = models.CharField("organisme", max_length=120, blank=True)
    scope = models.CharField("étendue", max_length=60)
    judged_on = models.DateField("jugement du", null=True, blank=True)
    court = models.CharField("tribunal", max_length=120, blank=True)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    proof = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, db_constraint=False)

    class Meta:
        indexes = [models.Index(fields=["arrival"], name="copied_mandate_of_an_arrival")]

    def __str__(self) -> str:
        return self.name
