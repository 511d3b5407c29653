"""What runs with the rights of the owner: little, named, and out of everybody else’s reach."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from mediane.kit import postgres, rowsecurity
from tests.cast import Cast
from tests.house.test_row_security import protected_tables, sql
from tests.stories import a_case, a_studied_case

AS_OWNER = (
    "SELECT p.oid::regprocedure::text, p.prorettype = 'trigger'::regtype, p.proconfig::text[],"
    " pg_get_userbyid(p.proowner), p.proacl IS NULL OR EXISTS"
    " (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE'),"
    " has_function_privilege(current_user, p.oid, 'EXECUTE')"
    " FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace"
)
# Of a table with a policy, what the national mediation reads: rules, counts, its own people and acts.
SEEN_NATIONALLY = {
    "eligibility_anonymousattempt",
    "organisations_membership",
    "organisations_opening",
    "journal_entry",
    "casework_anonymousarrival",
    "mailroom_mailpolicy",
}

# Of its Caf alone: its people, and what is counted of it.
SEEN_BY_A_HEAD = {
    "eligibility_anonymousattempt",
    "organisations_membership",
    "statistics_tally",
    "statistics_watermark",
}


@pytest.mark.django_db
def test_it_trusts_no_path_but_its_own_and_belongs_to_the_owner() -> None:
    found = sql(AS_OWNER)
    assert found
    for name, _, settings, owner, _, _ in found:
        assert "search_path=public, pg_temp" in (settings or []), name
        assert owner == postgres.OWNER, name


@pytest.mark.django_db
def test_nobody_else_calls_it_and_triggers_only_fire() -> None:
    for name, is_trigger, _, _, is_public, is_ours in sql(AS_OWNER):
        assert not is_public, name
        assert is_ours is not is_trigger, name


def test_a_trigger_of_the_index_hangs_on_no_table_of_one_s_own(cast: Cast, at: datetime) -> None:
    """Hung there, it would write words of one’s choice into the case of any Caf."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE mine (case_id bigint, body text)")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(
                "CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION search_hears('body')"
            )
        cursor.execute("DROP TABLE mine")


def test_the_national_mediation_reads_no_row_of_a_case_nor_of_a_person(cast: Cast, at: datetime) -> None:
    a_studied_case(cast.samira, cast.claire, at)
    a_case(cast.awa, at)
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        seen = {table for table in protected_tables() if sql(f"SELECT count(*) FROM {table}") != [(0,)]}
        assert sql("SELECT * FROM search_cases('{retenue}', 100)") == []
    assert seen <= SEEN_NATIONALLY


def test_the_head_of_a_caf_reads_no_row_of_a_case_nor_of_a_person(cast: Cast, at: datetime) -> None:
    a_studied_case(cast.samira, cast.claire, at)
    a_case(cast.awa, at)
    with rowsecurity.working_for(rowsecurity.head(cast.paris.pk)):
        seen = {table for table in protected_tables() if sql(f"SELECT count(*) FROM {table}") != [(0,)]}
        assert sql("SELECT * FROM search_cases('{retenue}', 100)") == []
    assert seen <= SEEN_BY_A_HEAD


def test_no_function_of_ours_lets_a_person_read_another(cast: Cast, at: datetime) -> None:
    a_case(cast.lucette, at)
    for context in (rowsecurity.person(cast.samira.pk), rowsecurity.public(), rowsecurity.signin()):
        with rowsecurity.working_for(context):
            assert sql("SELECT * FROM search_cases('{retenue,morvan}', 100)") == []
