from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from mediane.kit.prepared import prepared
from mediane.organisations.models import Organisation


@prepared
def in_region(region: str, but: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(region=region).exclude(code=but).order_by("code")


@prepared
def codes(region: str) -> QuerySet[Organisation, str]:
    return Organisation.objects.filter(region=region).order_by("code").values_list("code", flat=True)


def as_django(region: str, but: str) -> list[Organisation]:
    return list(Organisation.objects.filter(region=region).exclude(code=but).order_by("code"))


def test_reads_what_django_would_read_whatever_the_values(cast):
    regions = set(Organisation.objects.values_list("region", flat=True))

    assert len(regions) > 5
    for region in regions:
        assert in_region(region, but="75") == as_django(region, but="75")
        assert codes(region) == [caf.code for caf in as_django(region, but="")]


def test_sends_the_statement_that_django_sends(cast):
    region = cast.paris.region
    in_region(region, but="75")

    with CaptureQueriesContext(connection) as seen:
        in_region(region, but="75")
        as_django(region, but="75")

    ours, django = (query["sql"] for query in seen.captured_queries)
    assert ours.replace("(", "").replace(")", "") == django.replace("(", "").replace(")", "")


def test_a_value_is_never_read_as_sql(cast):
    assert in_region("11' OR 'a' = 'a", but="%s") == []


def test_a_value_that_is_missing_is_an_error(cast):
    with pytest.raises(KeyError, match="but"):
        in_region("Bretagne")


def test_threads_read_on_their_own_connections(cast, committed):
    region = cast.paris.region
    expected = codes(region)

    def read(_: int) -> list[str]:
        try:
            return codes(region)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(read, range(4))) == [expected] * 4


def test_a_prefetch_is_refused():
    @prepared
    def rows(code: str) -> QuerySet[Organisation]:
        return Organisation.objects.filter(code=code).prefetch_related("membership_set")

    with pytest.raises(TypeError, match="one statement"):
        rows("75")
