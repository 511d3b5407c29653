"""The generator, at a few hundred cases, under every constraint of the product."""

from datetime import date
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from bench import bulk
from bench.cafs import PARIS, reference
from bench.generate import generate
from mediane.kit import references
from mediane.kit.cluster import SUPERUSER

DAY = date(2026, 11, 9)
CASES = 400
# A row of each invariant that the triggers and the verbs keep, counted where it does not hold.
BROKEN = {
    "closed without the step that closed it": """
        SELECT count(*) FROM casework_case c WHERE closed_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM casework_step s WHERE s.case_id = c.id AND s.target = c.state)""",
    "another Caf’s assignee": """
        SELECT count(*) FROM casework_case c WHERE assignee_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM organisations_membership m
            WHERE (m.user_id, m.organisation_id) = (c.assignee_id, c.organisation_id))""",
    "a decision awaited from nobody": """
        SELECT count(*) FROM casework_case c WHERE state = 'awaiting_decision'
        AND NOT EXISTS (SELECT FROM casework_hold h WHERE h.case_id = c.id AND h.ended_on IS NULL)""",
    "received after the day told": f"SELECT count(*) FROM casework_case WHERE received_on > '{DAY}'",
}
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, convalidated FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"""
BUSIEST = """
    SELECT code FROM casework_case c JOIN organisations_organisation o ON o.id = c.organisation_id
    GROUP BY code ORDER BY count(*) DESC"""
TOLD = "SELECT organisation_id, state, received_on, channel, benefits FROM casework_case ORDER BY id"
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"


@pytest.fixture
def superuser_url(committed: str) -> str:
    socket = quote(settings.DATABASES["default"]["HOST"], safe="")
    return f"postgresql://{SUPERUSER}@/{committed}?host={socket}"


@pytest.fixture
def connection(superuser_url: str):
    with psycopg.connect(superuser_url, autocommit=True) as opened:
        yield opened


def told(connection: psycopg.Connection, query: str) -> list[tuple]:
    return connection.execute(query).fetchall()


def test_every_constraint_comes_back_and_holds(connection, superuser_url):
    before = told(connection, CONSTRAINTS), told(connection, INDEXES)
    generate(CASES, superuser_url=superuser_url, seed=1, day=DAY)
    after = told(connection, CONSTRAINTS), told(connection, INDEXES)

    assert after == before
    assert all(is_validated for *_, is_validated in after[0])
    assert told(connection, "SELECT count(*) FROM casework_case") == [(CASES,)]
    assert {name: told(connection, query)[0][0] for name, query in BROKEN.items()} == dict.fromkeys(BROKEN, 0)
    connection.execute("UPDATE casework_case SET version = version")  # the triggers are there, and agree
    with pytest.raises(psycopg.errors.IntegrityError):
        connection.execute("UPDATE referrals_referral SET asked = ''")
    cafs = told(connection, BUSIEST)
    assert cafs[0] == (PARIS,)
    assert len(cafs) > 50


@pytest.mark.slow
def test_the_same_seed_tells_the_same_cases(committed, superuser_url, connection):
    generate(50, superuser_url=superuser_url, seed=7, day=DAY)
    first = told(connection, TOLD)
    generate(50, superuser_url=superuser_url, seed=7, day=DAY)

    again = told(connection, TOLD)
    assert len(again) == 2 * len(first)
    assert again[len(first) :] == first


def test_references_are_true_ones_and_all_different():
    drawn = [reference(number) for number in range(1, 5_000)]
    assert all(references.is_valid(one) for one in drawn)
    assert len(set(drawn)) == len(drawn)


def test_a_text_is_escaped_for_copy():
    assert bulk.text("a\tb\nc\\d") == "a\\tb\\nc\\\\d"
    assert bulk.text(None) == "\\N"
    assert bulk.text(b"\x01\xff") == "\\\\x01ff"
