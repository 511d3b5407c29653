from django.db import models

from mediane.casework.models.case import Case
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary


class FollowCode(models.Model):
    """The secret by which a request that came by post is followed without an account; one a case.

    The code itself is on paper only: here is its keyed hash, with the reference in it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="follow_code", db_constraint=False)
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, db_constraint=False)
    digest = models.CharField("empreinte", max_length=64, unique=True)
    given_at = models.DateTimeField("donné le")
    given_by = models.CharField("donné par", max_length=120)
    # The person came in by her account: she has no need of it any more.
    ended_at = models.DateTimeField("éteint le", null=True, blank=True)

    def __str__(self) -> str:
        return f"code du {self.given_at:%Y-%m-%d}"
