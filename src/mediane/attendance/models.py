from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mediane.accounts.models import User
from mediane.attendance.rules.absences import Days
from mediane.attendance.states import USUAL, Doing, How, Topic
from mediane.casework.models import Case
from mediane.organisations.models import Organisation


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def of(self, organisation_id: int) -> Self:
        return self.filter(organisation_id=organisation_id)


class Absence(models.Model):
    """Days on which somebody of the service is away, and who does their work meanwhile; cases stay theirs.

    The database holds that both work in this Caf, and that nobody is away twice on one day.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    member = models.ForeignKey(User, models.PROTECT, related_name="absences", db_index=False)
    cover = models.ForeignKey(
        User, models.PROTECT, related_name="covers", null=True, blank=True, db_index=False
    )
    first_on = models.DateField("premier jour")
    last_on = models.DateField("dernier jour")
    note = models.CharField("à savoir", max_length=300, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    declared_at = models.DateTimeField("déclarée le")
    declared_by = models.CharField("déclarée par", max_length=120)
    declared_by_id = models.BigIntegerField("numéro de qui la déclare")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="absence_entered_once"),
            models.CheckConstraint(
                name="absence_ends_after_it_begins",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message="Le dernier jour vient après le premier.",
            ),
            models.CheckConstraint(
                name="absence_is_covered_by_another",
                condition=Q(cover=None) | ~Q(cover=F("member")),
                violation_error_message="Personne ne se remplace.",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "last_on"], name="absence_by_day")]

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"

    @property
    def days(self) -> Days:
        return Days(self.first_on, self.last_on)

    def has_begun(self, today: date) -> bool:
        return self.first_on <= today


class Presence(models.Model):
    """One page open on a case, as it last told; not logged, not journaled, forgotten within the minute."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, db_constraint=False, db_index=False)
    member = models.ForeignKey(User, models.CASCADE, db_index=False)
    page = models.UUIDField("page ouverte")
    doing = models.CharField("ce qui s’y fait", max_length=10, choices=Doing)
    seen_at = models.DateTimeField("vue à")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "page"], name="presence_of_a_page")]
        indexes = [models.Index(fields=["case", "seen_at"], name="presence_on_a_case")]

    def __str__(self) -> str:
        return f"{self.doing} à {self.seen_at:%H:%M:%S}"


class NoticeWish(models.Model):
    """What one member of the service wants to be written, how, and on which days nothing leaves."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    member = models.ForeignKey(User, models.CASCADE, db_index=False)
    answered = models.CharField(
        Topic.ANSWERED.label, max_length=10, choices=How, default=USUAL[Topic.ANSWERED]
    )
    assigned = models.CharField(
        Topic.ASSIGNED.label, max_length=10, choices=How, default=USUAL[Topic.ASSIGNED]
    )
    deadline = models.CharField(
        Topic.DEADLINE.label, max_length=10, choices=How, default=USUAL[Topic.DEADLINE]
    )
    cover = models.CharField(Topic.COVER.label, max_length=10, choices=How, default=USUAL[Topic.COVER])
    reading = models.CharField(Topic.READING.label, max_length=10, choices=How, default=USUAL[Topic.READING])
    # Days of the week, Monday is 0.
    quiet_days = ArrayField(models.PositiveSmallIntegerField(), verbose_name="jours calmes", default=list)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "member"], name="wish_once_a_member")]

    def __str__(self) -> str:
        return f"avis de {self.member_id}"

    def how(self, topic: Topic) -> How:
        return How(getattr(self, topic))


class StaffNotice(models.Model):
    """One thing told to one member of the service by e-mail, or that they asked not to be told: once."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    member = models.ForeignKey(User, models.PROTECT, db_index=False)
    about = models.CharField("objet annoncé", max_length=60)
    how = models.CharField("comment", max_length=10, choices=How)
    message_id = models.CharField("Message-ID", max_length=120, blank=True)
    sent_at = models.DateTimeField("envoyé le")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "about"], name="staff_notice_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "member", "sent_at"], name="staff_notice_of_a_member")
        ]

    def __str__(self) -> str:
        return f"{self.about} ({self.how})"
