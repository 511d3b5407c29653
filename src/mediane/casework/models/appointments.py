from django.db import models
from django.db.models import Q

from mediane.casework.models.case import Case
from mediane.casework.states import AppointmentState, Way
from mediane.organisations.models import Organisation


class Appointment(models.Model):
    """A moment agreed with the person. It moves while it is planned; once it ended, never again."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="appointments", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang dans le dossier")
    way = models.CharField("comment", max_length=10, choices=Way)
    starts_at = models.DateTimeField("le")
    place = models.CharField("lieu", max_length=200, blank=True)
    words = models.CharField("à savoir", max_length=500, blank=True)
    state = models.CharField(
        "état", max_length=22, choices=AppointmentState, default=AppointmentState.PLANNED
    )
    # When the person was last told of its moment.
    told_at = models.DateTimeField("fixé ou déplacé le")
    told_by = models.CharField("fixé ou déplacé par", max_length=120)
    ended_at = models.DateTimeField("conclu le", null=True, blank=True)
    ended_by = models.CharField("conclu par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rank"], name="appointment_once_a_rank"),
            models.CheckConstraint(
                name="appointment_ended_by_somebody",
                condition=Q(state=AppointmentState.PLANNED, ended_at=None, ended_by="")
                | (~Q(state=AppointmentState.PLANNED) & Q(ended_at__isnull=False) & ~Q(ended_by="")),
                violation_error_message="Un rendez-vous conclu l’est par quelqu’un, à une date.",
            ),
            models.CheckConstraint(
                name="appointment_at_the_desk_has_a_place",
                condition=~Q(way=Way.DESK) | ~Q(place=""),
                violation_error_message="Un rendez-vous à l’accueil dit où.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "starts_at"],
                name="appointment_to_come",
                condition=Q(state=AppointmentState.PLANNED),
            ),
        ]

    def __str__(self) -> str:
        return f"rendez-vous du {self.starts_at:%Y-%m-%d}"

    @property
    def is_planned(self) -> bool:
        return self.state == AppointmentState.PLANNED
