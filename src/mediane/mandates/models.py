from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from mediane.documents.models import Document, SealingKey
from mediane.journal.rules import Actor
from mediane.mandates.rules import NAME_LENGTH, State, Term, spoken_for, state_of
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary


class Kind(models.TextChoices):
    RELATIVE = "RELATIVE", "Proche"
    ASSOCIATION = "ASSOCIATION", "Association"
    SOCIAL_WORKER = "SOCIAL_WORKER", "Travailleur social"
    LAWYER = "LAWYER", "Avocat"
    ELECTED = "ELECTED", "Élu"
    GUARDIAN = "GUARDIAN", "Tutelle"
    CURATOR = "CURATOR", "Curatelle"
    FAMILY = "FAMILY", "Habilitation familiale"
    SAFEGUARD = "SAFEGUARD", "Sauvegarde de justice"
    FUTURE = "FUTURE", "Mandat de protection future"
    OTHER = "OTHER", "Autre personne"


# Decided by a judge, or put into force by a court: not the person's to give, nor to take back.
PROTECTING = (Kind.GUARDIAN, Kind.CURATOR, Kind.FAMILY, Kind.SAFEGUARD, Kind.FUTURE)


class Scope(models.TextChoices):
    WHOLE = "WHOLE", "Toutes ses demandes"
    FILE = "FILE", "Une seule demande"
    PROTECTION = "PROTECTION", "Protection juridique"


class Representative(models.Model):
    """Who speaks for one beneficiary: somebody who speaks for several people is one of these for each."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, db_constraint=False)
    kind = models.CharField("qualité", max_length=20, choices=Kind)
    name = models.CharField("nom", max_length=NAME_LENGTH)
    structure = models.CharField("organisme", max_length=120, blank=True)
    # Whose sign-in this is: the print of an address and a name, which tells neither.
    account = models.UUIDField("compte", db_index=True)
    key = models.ForeignKey(SealingKey, models.PROTECT, db_constraint=False)
    contact = models.BinaryField("coordonnées, scellées")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "account", "kind", "structure"], name="representative_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MandateQuerySet(models.QuerySet["Mandate"]):
    def running_on(self, day: date) -> Self:
        """Not taken back, begun, and not over that day."""
        begun = self.filter(revoked_at=None, starts_on__lte=day)
        return begun.filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Mandate(models.Model):
    """What a representative may do for somebody, and until when. Never changed: it ends, once."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, db_constraint=False)
    representative = models.ForeignKey(Representative, models.PROTECT, db_constraint=False)
    public_id = models.UUIDField("identifiant public", unique=True)
    scope = models.CharField("étendue", max_length=12, choices=Scope)
    # The only file it opens: what is sealed with that key.
    file_key = models.ForeignKey(SealingKey, models.PROTECT, null=True, blank=True, db_constraint=False)
    file_reference = models.CharField("référence de la demande", max_length=9, blank=True)
    judged_on = models.DateField("jugement du", null=True, blank=True)
    court = models.CharField("tribunal", max_length=120, blank=True)
    proof = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, db_constraint=False)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    given_at = models.DateTimeField("donné le")
    given_by = models.CharField("donné ou enregistré par", max_length=120)
    is_given_online = models.BooleanField("donné en ligne par la personne")
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)
    revoked_by = models.CharField("retiré par", max_length=120, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="mandate_of_a_file_names_it",
                condition=Q(scope=Scope.FILE, file_key__isnull=False) & ~Q(file_reference="")
                | ~Q(scope=Scope.FILE) & Q(file_key=None, file_reference=""),
            ),
            models.CheckConstraint(
                name="mandate_of_protection_is_judged",
                condition=~Q(scope=Scope.PROTECTION)
                | Q(judged_on__isnull=False, proof__isnull=False, is_given_online=False),
            ),
            models.CheckConstraint(
                name="mandate_registered_is_proven",
                condition=Q(is_given_online=True) | Q(proof__isnull=False),
            ),
            models.CheckConstraint(
                name="mandate_taken_back_by_somebody",
                condition=Q(revoked_at=None, revoked_by="") | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
            ),
            # Two clicks give one mandate.
            models.UniqueConstraint(
                fields=["representative", "scope", "file_key", "starts_on", "ends_on"],
                condition=Q(revoked_at=None),
                nulls_distinct=False,
                name="mandate_given_once",
            ),
        ]
        indexes = [models.Index(fields=["beneficiary", "-given_at"], name="mandate_of_a_beneficiary")]

    def __str__(self) -> str:
        return f"{self.representative_id} pour {self.beneficiary_id}"

    @property
    def is_whole(self) -> bool:
        """Whether it opens every request, and so a new one."""
        return self.file_key_id is None

    def state_on(self, day: date) -> State:
        return state_of(Term(self.starts_on, self.ends_on, self.revoked_at is not None), day)

    def as_actor(self) -> Actor:
        """« Hélène Bastide, pour Samira Belkacem »: both are named in whatever is done."""
        name = spoken_for(self.representative.name, self.beneficiary.full_name)
        return Actor("mandate", self.pk, name, self.organisation_id, acts_for=self.beneficiary_id)
