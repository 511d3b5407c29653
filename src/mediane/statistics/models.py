from django.db import models
from django.db.models import Q

from mediane.organisations.models import Organisation
from mediane.statistics.states import Population


class Tally(models.Model):
    """What was counted of a month: in a Caf, in a region of the network, or in all of it.

    Never the truth, always what counting again would give: `statistics.actions.recount` replaces a month.
    """

    # Of a Caf; empty for what is added up over several.
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, db_index=False)
    region = models.CharField("région du réseau", max_length=60, blank=True)
    month = models.DateField("premier jour du mois")
    population = models.CharField("saisines comptées", max_length=12, choices=Population)
    channel = models.CharField("canal", max_length=30, blank=True)
    benefit = models.CharField("prestation", max_length=30, blank=True)
    counts = models.JSONField("nombres, par axe et par valeur")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "region", "channel", "benefit", "month", "population"],
                nulls_distinct=False,
                name="tally_once",
            ),
            models.CheckConstraint(
                name="tally_of_a_caf_or_of_several", condition=Q(organisation=None) | Q(region="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_population_display()}, {self.month:%Y-%m}"


class Watermark(models.Model):
    """Until when the acts of a Caf are in its figures; without a Caf, the network’s sums."""

    organisation = models.OneToOneField(Organisation, models.PROTECT)
    caught_up_at = models.DateTimeField("à jour au")

    def __str__(self) -> str:
        return f"{self.caught_up_at:%Y-%m-%d %H:%M}"
