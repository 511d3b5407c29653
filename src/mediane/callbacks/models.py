import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from mediane.callbacks.states import HANDLED, Moment, State
from mediane.organisations.models import Organisation


class CallbackRequestQuerySet(models.QuerySet["CallbackRequest"]):
    def of(self, organisation_id: int) -> Self:
        return self.filter(organisation_id=organisation_id)


class CallbackRequest(models.Model):
    """Somebody without access asks to be called. Who it is, is sealed under the row’s own key."""

    # Drawn from the page and from what it says, so that a page sent twice asks once, and so that nothing is
    # read back: whoever asks may write a row, and see none.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    wrapped = models.BinaryField("clé emballée")
    sealed = models.BinaryField("coordonnées scellées")
    moment = models.CharField("bon moment", max_length=10, choices=Moment)
    voicemail = models.BooleanField("message vocal permis", default=False)
    asked_at = models.DateTimeField("demandée le")
    # Tells that requests of one day come from one connection, not which; erased the next day.
    sender_mark = models.CharField("empreinte de la connexion", max_length=64, blank=True)
    # What one page sends replaces what it sent before and nobody took: a trigger sees to it.
    page_mark = models.CharField("empreinte de la page", max_length=64)
    slot = models.PositiveSmallIntegerField("rang dans le jour", default=1)

    state = models.CharField("état", max_length=12, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("appels sans réponse", default=0)
    handled_by = models.CharField("par", max_length=120, blank=True)
    handled_at = models.DateTimeField("depuis le", null=True, blank=True)
    forget_on = models.DateField("effacée le", null=True, blank=True)

    objects = CallbackRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sender_mark", "slot"],
                condition=~Q(sender_mark=""),
                name="callback_slots_of_a_connection",
            ),
            models.CheckConstraint(
                name="callback_handled_is_forgotten",
                condition=Q(state=State.WAITING, handled_by="", handled_at=None, forget_on=None)
                | (Q(state=State.TAKEN, handled_at__isnull=False, forget_on=None) & ~Q(handled_by=""))
                | (
                    Q(state__in=HANDLED, handled_at__isnull=False, forget_on__isnull=False)
                    & ~Q(handled_by="")
                ),
                violation_error_message="Une demande traitée dit par qui, et quand elle sera effacée.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "asked_at"], name="callback_by_state"),
            models.Index(fields=["page_mark"], name="callback_of_a_page"),
        ]

    def __str__(self) -> str:
        return f"rappel demandé le {self.asked_at:%Y-%m-%d}"
