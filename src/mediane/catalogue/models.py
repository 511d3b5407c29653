"""The lists everything is counted by: dated rows, never edited, only ended."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Dated(models.Model):
    code = models.CharField("code", max_length=30, primary_key=True)
    label = models.CharField("libellé", max_length=120)
    position = models.PositiveSmallIntegerField("ordre", default=0)
    valid_from = models.DateField("valable depuis", null=True, blank=True)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label


class Benefit(Dated):
    short = models.CharField("sigle ou nom court", max_length=40)
    group = models.CharField("groupe statistique", max_length=30)
    prior_appeal = models.CharField("recours préalable", max_length=80)
    court = models.CharField("tribunal", max_length=60)
    is_offered = models.BooleanField("proposée en premier", default=False)


class Ground(Dated):
    """What the person says is wrong; several a referral."""

    public_label = models.CharField("ce que lit la personne", max_length=120)
    hint = models.CharField("précision", max_length=160, blank=True)


class Cause(Dated):
    """What the service finds; one a case."""


class CauseReason(Dated):
    """Why precisely, under the cause; offered for the benefits it can be about."""

    # Codes of benefits, or of their statistical groups.
    offered_for = ArrayField(models.CharField(max_length=30), verbose_name="prestations ou groupes")

    def is_offered_for(self, benefits: Iterable[str], groups: Iterable[str]) -> bool:
        return not {*benefits, *groups}.isdisjoint(self.offered_for)


class Service(Dated):
    """A service of the Caf a request was about, or a recommendation is made to."""

    with_article = models.CharField("nom avec son article", max_length=120)


class ErrorType(Dated):
    """What went wrong in the work of the Caf; or that nothing did."""

    is_error = models.BooleanField("erreur de la Caf", default=True)


class Household(Dated):
    """Whom the person lives with, as a figure needs it; optional, never required."""


class AgeBand(Dated):
    """How old, in bands; no birthday is kept."""


class QuotientBand(Dated):
    """The family quotient, in bands: the amount itself is not kept."""


class EventKind(Dated):
    """What a service takes part in beside its cases."""


class Channel(Dated):
    icon = models.CharField("pictogramme", max_length=20)


class Origin(Dated):
    """Who refers the case."""


class Body(Dated):
    """Somebody else who decides or answers: where a request may be sent, or awaited from."""

    with_article = models.CharField("nom avec son article", max_length=120)
    help = models.CharField("ce qu’il fait", max_length=200)
    # How to reach it from anywhere in France; what depends on the département is asked for, never guessed.
    page = models.URLField("page nationale")
    phone = models.CharField("numéro national", max_length=20, blank=True)
    postal_address = models.TextField("adresse nationale", blank=True)
    is_at_the_caf = models.BooleanField("à l’adresse de la Caf", default=False)


class Reason(Dated):
    """Why a request is out of scope, or inadmissible in law."""

    kind = models.CharField("sorte", max_length=20)
    sentence = models.TextField("ce que lit la personne")
