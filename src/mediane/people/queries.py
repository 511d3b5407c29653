from django.db.models import QuerySet

from mediane.kit.prepared import prepared
from mediane.people.models import Beneficiary


def beneficiary(pk: int) -> Beneficiary | None:
    return next(iter(_numbered(pk)), None)


@prepared
def _numbered(pk: int) -> QuerySet[Beneficiary]:
    return Beneficiary.objects.filter(pk=pk)
