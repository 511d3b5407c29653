from datetime import date

from django.db import models
from django.db.models import Q

from mediane.findings.states import Motive
from mediane.kit import clock
from mediane.organisations.models import Organisation
from mediane.statistics.states import Population

# The time of the national mediation, which publishes for every Caf at once.
PUBLISHED_IN = "Europe/Paris"


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
    """Until when the acts of a Caf are in its own figures; sums over several follow, month by month."""

    organisation = models.OneToOneField(Organisation, models.PROTECT)
    caught_up_at = models.DateTimeField("à jour au")

    def __str__(self) -> str:
        return f"{self.caught_up_at:%Y-%m-%d %H:%M}"


class WaitingMonth(models.Model):
    """A month of a Caf that was counted again, and is not in the sums of its region and of the network yet.

    Written with the count, removed with the sums; a row each time, so that no count hides behind another’s.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    month = models.DateField("premier jour du mois")

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.month:%Y-%m}"


class Publication(models.Model):
    """The figures of a whole year as anybody may read them: of a Caf, or of the network. Never changed.

    Small numbers were masked for every Caf at once, with the threshold of the day: masked again later, on
    figures that moved by one, the difference would tell.
    """

    # Empty for the network.
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, db_index=False)
    year = models.PositiveSmallIntegerField("année")
    threshold = models.PositiveSmallIntegerField("plus petit nombre publié")
    content = models.JSONField("chiffres publiés")
    published_at = models.DateTimeField("publiés le")
    published_by = models.CharField("publiés par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], nulls_distinct=False, name="year_published_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id or 'réseau'}, {self.year}"

    @property
    def published_on(self) -> date:
        """The day whose threshold was used: that of the national mediation, wherever the Caf is."""
        return clock.day_of(self.published_at, PUBLISHED_IN)


class Signal(models.Model):
    """A motive that comes back more often than it should, as the numbers stood at the last whole month.

    Like them it is always what counting again would give: every night replaces those of a Caf.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    motive = models.CharField("motif ou cause", max_length=10, choices=Motive)
    code = models.CharField("lequel", max_length=30)
    benefit = models.CharField("prestation", max_length=30)
    since = models.DateField("premier mois de la hausse")
    until = models.DateField("dernier mois compté")
    observed = models.PositiveIntegerField("saisines depuis")
    expected = models.DecimalField("saisines attendues", max_digits=8, decimal_places=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "motive", "code", "benefit"], name="signal_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_motive_display()} {self.code}, {self.benefit}"
