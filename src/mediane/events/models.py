from typing import Self

from django.db import models
from django.db.models import Q

from mediane.organisations.models import Organisation


class EventQuerySet(models.QuerySet["Event"]):
    def of(self, organisation_id: int) -> Self:
        return self.filter(organisation_id=organisation_id)


class Event(models.Model):
    """A meeting the service took part in, a morning with partners, a campaign: and what came of it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    on = models.DateField("date")
    kind = models.CharField("genre", max_length=30)
    title = models.CharField("titre", max_length=120)
    with_whom = models.CharField("avec qui", max_length=200, blank=True)
    outcome = models.TextField("ce qui en est sorti", max_length=1000, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    entered_at = models.DateTimeField("saisi le")
    entered_by = models.CharField("saisi par", max_length=120)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="event_entered_once"),
            models.CheckConstraint(
                name="event_says_what_it_is",
                condition=~Q(title="") & ~Q(kind=""),
                violation_error_message="Un événement a un titre et un genre.",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "on"], name="event_by_day")]

    def __str__(self) -> str:
        return self.title
