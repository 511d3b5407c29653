from django.db import models
from django.db.models import F, Q

from mediane.casework.models.case import Case
from mediane.casework.states import NUMBERED, RETURNED, Fate, Paper, Postage, Retold
from mediane.organisations.models import Organisation


class Posting(models.Model):
    """A letter that somebody must print and send: sent when they say so, never before.

    What is on it is drawn from the case, or is a letter that was signed. Of whoever wrote about somebody,
    here is what the envelope needs. Once it left, what became of it is said once, then what was done of it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="postings", db_constraint=False, db_index=False
    )
    public_id = models.UUIDField("identifiant public", unique=True)
    kind = models.CharField("lettre", max_length=20, choices=Paper)
    name = models.CharField("tiers", max_length=120, blank=True)
    address = models.TextField("adresse du tiers", blank=True)
    received_on = models.DateField("envoi du tiers reçu le", null=True, blank=True)
    # A signed letter, by its public identifier: letters are of a storey above.
    letter = models.UUIDField("lettre signée", null=True, blank=True)
    title = models.CharField("titre de la lettre signée", max_length=160, blank=True)
    prepared_at = models.DateTimeField("préparée le")
    prepared_by = models.CharField("préparée par", max_length=120)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    sent_by = models.CharField("envoyée par", max_length=120, blank=True)
    postage = models.CharField("affranchissement", max_length=10, choices=Postage, blank=True)
    sent_on = models.DateField("partie le", null=True, blank=True)
    number = models.CharField("numéro de suivi", max_length=20, blank=True)
    # The address of the person as it was that day, sealed with the key of the case.
    sealed_to = models.BinaryField("adresse d’envoi, scellée", null=True, blank=True)
    fate = models.CharField("suite", max_length=10, choices=Fate, blank=True)
    fate_on = models.DateField("jour de la suite", null=True, blank=True)
    noted_at = models.DateTimeField("suite notée le", null=True, blank=True)
    noted_by = models.CharField("suite notée par", max_length=120, blank=True)
    retold = models.CharField("après le retour", max_length=10, choices=Retold, blank=True)
    retold_at = models.DateTimeField("fait le", null=True, blank=True)
    retold_by = models.CharField("fait par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "name", "received_on", "letter"],
                condition=Q(sent_at=None),
                nulls_distinct=False,
                name="posting_waits_once",
            ),
            models.CheckConstraint(
                name="posting_to_somebody",
                condition=Q(kind=Paper.SENDER) & ~Q(name="") & Q(received_on__isnull=False)
                | ~Q(kind=Paper.SENDER) & Q(name="", address="", received_on=None),
            ),
            models.CheckConstraint(
                name="posting_carries_a_letter",
                condition=Q(kind=Paper.LETTER, letter__isnull=False) & ~Q(title="")
                | ~Q(kind=Paper.LETTER) & Q(letter=None, title=""),
            ),
            models.CheckConstraint(
                name="posting_left_somehow",
                condition=Q(sent_at=None, sent_on=None, postage="", number="")
                | Q(sent_at__isnull=False, sent_on__isnull=False, postage=Postage.SIMPLE, number="")
                | Q(sent_at__isnull=False, sent_on__isnull=False, postage__in=NUMBERED) & ~Q(number=""),
            ),
            models.CheckConstraint(
                name="posting_fate_after_it_left",
                condition=Q(fate="", fate_on=None, noted_at=None)
                | Q(fate=Fate.SIGNED, postage=Postage.REGISTERED, fate_on__gte=F("sent_on"))
                & Q(noted_at__isnull=False)
                | Q(fate__in=RETURNED, fate_on__gte=F("sent_on"), noted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="posting_retold_once_back",
                condition=Q(retold="", retold_at=None) | Q(fate__in=RETURNED, retold_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "prepared_at"], name="posting_waiting", condition=Q(sent_at=None)
            ),
            models.Index(fields=["case", "sent_at"], name="posting_of_a_case"),
            models.Index(
                fields=["organisation", "-sent_at"],
                name="posting_that_left",
                condition=Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.prepared_at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        """What it is, in a list."""
        return self.title or self.get_kind_display()

    @property
    def is_back(self) -> bool:
        """Returned, and nothing was done about it yet."""
        return self.fate in RETURNED and not self.retold
