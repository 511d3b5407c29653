from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mediane.casework.models import Case
from mediane.documents.models import Document, SealingKey
from mediane.mailroom.states import Nature, Policy, Remark, State, Why
from mediane.organisations.models import Organisation


class MailPolicy(models.Model):
    """What a Caf does with its mailbox, from a day on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    policy = models.CharField("boîte aux lettres", max_length=10, choices=Policy)
    effective_from = models.DateField("à partir du")
    # Empty for what the first Cafs had chosen before the product.
    chosen_at = models.DateTimeField("choisie le", null=True, blank=True)
    chosen_by = models.CharField("choisie par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "effective_from"], name="mail_policy_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.policy} depuis le {self.effective_from}"


class Collection(models.Model):
    """When the mailbox of a Caf was last looked into."""

    organisation = models.OneToOneField(Organisation, models.PROTECT)
    tried_at = models.DateTimeField("essayée le")
    succeeded_at = models.DateTimeField("relevée le", null=True, blank=True)

    def __str__(self) -> str:
        return f"relevée le {self.succeeded_at}"


class Mail(models.Model):
    """A mail received. The original is a sealed file; what lists show of it is sealed in the row."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    key = models.ForeignKey(SealingKey, models.PROTECT, db_constraint=False)
    public_id = models.UUIDField("identifiant public", unique=True)
    mailbox = models.CharField("boîte aux lettres", max_length=300)
    uidvalidity = models.BigIntegerField("série de numéros du serveur")
    uid = models.BigIntegerField("numéro sur le serveur")
    fingerprint = models.CharField("empreinte", max_length=64)
    blob = models.CharField("nom du fichier scellé", max_length=80)
    size = models.PositiveIntegerField("taille en octets")
    # Sender, subject and text, as JSON.
    sealed = models.BinaryField("contenu scellé")
    # Tells that two mails have one sender, not who: for the answer that is sent once a week.
    sender_mark = models.CharField("empreinte de l’expéditeur", max_length=64)
    nature = models.CharField("nature", max_length=10, choices=Nature)
    remarks = ArrayField(
        models.CharField(max_length=20, choices=Remark), verbose_name="remarques", default=list, blank=True
    )
    received_at = models.DateTimeField("reçu le")
    taken_at = models.DateTimeField("relevé le")

    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    # While it waits, a proposal; once joined or registered, the truth.
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, db_constraint=False)
    why = models.CharField("raison", max_length=20, choices=Why, blank=True)
    words = models.CharField("en clair", max_length=300, blank=True)
    sorted_at = models.DateTimeField("classé le", null=True, blank=True)
    sorted_by = models.CharField("classé par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mailbox", "uidvalidity", "uid"],
                name="mail_taken_once_from_its_place",
            ),
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="mail_taken_once"),
            models.CheckConstraint(
                name="mail_sorted_is_explained",
                condition=Q(state=State.WAITING, sorted_at=None, why="")
                | Q(state__in=(State.ATTACHED, State.REGISTERED), sorted_at__isnull=False, case__isnull=False)
                | (Q(state=State.SET_ASIDE, sorted_at__isnull=False) & ~Q(why="")),
                violation_error_message="Un courriel classé dit où, ou pourquoi.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "received_at"], name="mail_by_state"),
        ]

    def __str__(self) -> str:
        return f"courriel du {self.received_at:%Y-%m-%d}"


class MailFile(models.Model):
    """What was joined: a document to look at while the mail waits, or the reason why there is none."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    mail = models.ForeignKey(Mail, models.CASCADE, related_name="files", db_constraint=False)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, db_constraint=False)
    name = models.CharField("nom", max_length=120)
    refusal = models.CharField("pourquoi elle n’est pas gardée", max_length=400, blank=True)

    def __str__(self) -> str:
        return self.name


class Pointer(models.Model):
    """The automatic answer of a closed mailbox: one a week to one sender."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    mail = models.OneToOneField(Mail, models.PROTECT, db_constraint=False)
    sender_mark = models.CharField("empreinte de l’expéditeur", max_length=64)
    decided_at = models.DateTimeField("décidée le")
    message_id = models.CharField("Message-ID", max_length=120)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "sender_mark", "decided_at"], name="pointer_of_a_sender"),
            models.Index(fields=["organisation", "message_id"], name="pointer_by_message_id"),
        ]

    def __str__(self) -> str:
        return f"réponse automatique du {self.decided_at:%Y-%m-%d}"
