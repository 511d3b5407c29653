"""What was noted of whoever asked, read with the case at no further statement."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from mediane.casework.models import SocialFacts

OF_SOMEBODY = ("household", "age", "quotient", "noted_by")


def social_around() -> ArraySubquery:
    noted = SocialFacts.objects.filter(case=OuterRef("pk"))
    return ArraySubquery(noted.values_list(JSONObject(**{name: name for name in OF_SOMEBODY})))


def social_read(values: Iterable[dict[str, str]]) -> SocialFacts | None:
    return next((SocialFacts(**one) for one in values), None)
