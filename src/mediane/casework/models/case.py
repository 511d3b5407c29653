from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mediane.accounts.models import User
from mediane.casework.states import CLOSED, OPEN, Act, Move, State
from mediane.documents.models import SealingKey
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary
from mediane.referrals.models import Referral


class CaseQuerySet(models.QuerySet["Case"]):
    def of(self, organisation_id: int) -> Self:
        return self.filter(organisation_id=organisation_id)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class Case(models.Model):
    """What the mediation service does about one referral."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    referral = models.OneToOneField(Referral, models.PROTECT, db_constraint=False)
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, db_constraint=False, db_index=False)
    key = models.ForeignKey(SealingKey, models.PROTECT, db_constraint=False)
    reference = models.CharField("référence", max_length=9)
    channel = models.CharField("canal", max_length=30)
    origin = models.CharField("origine", max_length=30)
    benefits = ArrayField(models.CharField(max_length=30), verbose_name="prestations")
    grounds = ArrayField(models.CharField(max_length=30), verbose_name="motifs")
    is_urgent = models.BooleanField("urgente", default=False)
    received_at = models.DateTimeField("reçue le")
    received_on = models.DateField("jour de réception")

    state = models.CharField("état", max_length=22, choices=State, default=State.RECEIVED)
    assignee = models.ForeignKey(User, models.PROTECT, null=True, blank=True, verbose_name="suivie par")
    admissible_on = models.DateField("recevable depuis", null=True, blank=True)
    # The next thing due, stored so that the list is one index read; waiting cases keep the
    # date at which the wait is looked at again.
    due_on = models.DateField("prochaine échéance")
    due_what = models.CharField("ce qui est dû", max_length=80)
    is_paused = models.BooleanField("délai suspendu", default=False)
    has_news = models.BooleanField("réponse reçue", default=False)
    has_draft_reply = models.BooleanField("réponse en préparation", default=False)
    cause = models.CharField("cause analysée", max_length=30, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    # Bumped by every move: a form that was filled on an older version is told so.
    version = models.PositiveIntegerField("version", default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="case_reference_once_per_caf"),
            models.CheckConstraint(
                name="case_closed_at_iff_closed",
                condition=Q(state__in=CLOSED, closed_at__isnull=False)
                | Q(state__in=OPEN, closed_at__isnull=True),
                violation_error_message="Un dossier clos porte une date de clôture, et lui seul.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on", "reference"],
                # What tabs and filters count, what the row policy looks at: the index alone answers them.
                include=[
                    *("beneficiary", "key", "state", "assignee", "has_news", "is_urgent", "received_on"),
                    *("channel", "origin", "benefits", "grounds", "cause"),
                ],
                name="case_open_most_urgent_first",
                condition=Q(closed_at=None),
            ),
            models.Index(
                fields=["organisation", "-closed_at", "-reference"],
                name="case_closed_newest_first",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(fields=["beneficiary", "-received_at"], name="case_of_a_beneficiary"),
            models.Index(
                fields=["organisation", "assignee"],
                name="case_closed_not_read",
                condition=Q(closed_at__isnull=False, has_news=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Step(models.Model):
    """One act on a case. Never changed: history, outbox of notices, source of figures."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_constraint=False, db_index=False)
    act = models.CharField("acte", max_length=30, choices=[*Move.choices, *Act.choices])
    source = models.CharField("état avant", max_length=22, choices=State, blank=True)
    target = models.CharField("état après", max_length=22, choices=State)
    at = models.DateTimeField("quand")
    by_kind = models.CharField("sorte d’auteur", max_length=10)
    by_id = models.BigIntegerField("numéro de l’auteur")
    by_name = models.CharField("auteur", max_length=120)
    words = models.CharField("en clair", max_length=300)
    is_shared = models.BooleanField("visible de la personne", default=False)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-at", "-id"], name="step_of_a_case"),
            # What happened since figures were last counted.
            models.Index(fields=["organisation", "at"], name="step_of_a_caf"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} le {self.at:%Y-%m-%d}"


class Deadline(models.Model):
    """A date computed once, with its reasoning in words."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.CASCADE, related_name="deadlines", db_constraint=False, db_index=False
    )
    kind = models.CharField("échéance", max_length=20)
    due_on = models.DateField("au plus tard le")
    because = models.TextField("pourquoi cette date")
    met_on = models.DateField("fait le", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="deadline_once_per_case")]

    def __str__(self) -> str:
        return f"{self.kind} le {self.due_on}"
