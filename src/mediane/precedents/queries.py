"""Cases that resemble one: closed ones of the Caf, and what other Cafs released of theirs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from mediane.casework.models import Case, FinancialEffect
from mediane.casework.queries.listed import COLUMNS, Listed, as_listed
from mediane.casework.rules.money import totals
from mediane.casework.states import Effect, State
from mediane.precedents.models import Precedent, Release
from mediane.precedents.rules.likeness import Likeness, Shape, alike

MOST = 12
# Those compared are the newest of a Caf for these benefits: what ended years ago was ended by other rules.
COMPARED, COMPARED_ELSEWHERE = 1000, 300
MOST_WORDS, SHORTEST_WORD, LONGEST_WORD = 80, 5, 40
ENDED = (State.ANSWERED, State.REDIRECTED, State.INADMISSIBLE)

STEMS = "SELECT word, tsvector_to_array(search_words(word)) FROM unnest(%s::text[]) AS word"
# The words are asked of rows already chosen: their index would not be used under a policy.
WITHIN = """
SELECT c.id, c.benefits, c.grounds,
    ARRAY(SELECT stem FROM unnest(%(stems)s::text[]) AS stem WHERE e.words @@ quote_literal(stem)::tsquery)
FROM (
    SELECT id, organisation_id, benefits, grounds FROM casework_case
    WHERE organisation_id = %(caf)s AND closed_at IS NOT NULL AND state = ANY(%(ended)s)
        AND id <> %(case)s AND benefits::text[] && %(benefits)s::text[]
    ORDER BY closed_at DESC, reference DESC LIMIT %(compared)s
) AS c LEFT JOIN search_entry e ON e.case_id = c.id AND e.organisation_id = c.organisation_id
"""
ELSEWHERE = """
SELECT id, benefits, grounds,
    ARRAY(SELECT stem FROM unnest(%(stems)s::text[]) AS stem WHERE stems @@ quote_literal(stem)::tsquery)
FROM precedents_precedent
WHERE organisation_id <> %(caf)s AND benefits::text[] && %(benefits)s::text[]
ORDER BY year DESC, id DESC LIMIT %(compared)s
"""


@dataclass(frozen=True)
class Alike:
    """A closed case of the Caf, how it resembles, in the words of the case in hand, and what came of it."""

    listed: Listed
    cause: str
    likeness: Likeness
    words: list[str]
    money: dict[Effect, Decimal]


@dataclass(frozen=True)
class AlikeElsewhere:
    precedent: Precedent
    likeness: Likeness
    words: list[str]


@dataclass(frozen=True)
class Found:
    here: list[Alike]
    elsewhere: list[AlikeElsewhere]


def alike_to(case: Case) -> Found:
    """In a constant number of statements, however many resemble it."""
    said = _words_of(case)
    mine = Shape(case.pk, frozenset(case.benefits), frozenset(case.grounds), frozenset(said))
    here = alike(mine, _shapes(WITHIN, mine, case, COMPARED), most=MOST)
    there = alike(mine, _shapes(ELSEWHERE, mine, case, COMPARED_ELSEWHERE), most=MOST)
    return Found(_here(here, said), _elsewhere(there, said))


def release_of(case: Case) -> Release | None:
    """The summary that other Cafs read now."""
    return Release.objects.filter(case=case, withdrawn_at=None).first()


def releases_of(case: Case) -> list[Release]:
    return list(Release.objects.filter(case=case).order_by("-released_at", "-pk"))


def _words_of(case: Case) -> dict[str, str]:
    """Each stem of what the person asked, with the word it was met in."""
    referral = case.referral
    text = f"{referral.decision_contested} {referral.asked} {referral.explanation}"
    plain = (re.sub(r"[\W\d_]", "", word) for word in re.split(r"[\s’']", text.lower()))
    kept = [word for word in dict.fromkeys(plain) if SHORTEST_WORD <= len(word) <= LONGEST_WORD][:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute(STEMS, [kept])
        return {stem: word for word, stems in reversed(cursor.fetchall()) for stem in stems}


def _shapes(statement: str, mine: Shape, case: Case, compared: int) -> list[Shape]:
    asked: dict[str, Any] = {
        "stems": sorted(mine.stems),
        "caf": case.organisation_id,
        "case": case.pk,
        "benefits": case.benefits,
        "ended": list(ENDED),
        "compared": compared,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [
            Shape(key, frozenset(benefits), frozenset(grounds), frozenset(stems))
            for key, benefits, grounds, stems in cursor.fetchall()
        ]


def _here(found: list[Likeness], said: dict[str, str]) -> list[Alike]:
    numbers = [one.key for one in found]
    rows = as_listed(Case.objects.filter(pk__in=numbers)).values_list(*COLUMNS, "cause", "pk")
    known = {row[-1]: row for row in rows}
    money = _money(numbers)
    return [
        Alike(
            Listed(*known[one.key][: len(COLUMNS)]),
            known[one.key][-2],
            one,
            [said[stem] for stem in one.stems],
            money.get(one.key, {}),
        )
        for one in found
    ]


def _money(cases: Iterable[int]) -> dict[int, dict[Effect, Decimal]]:
    lines: dict[int, list[FinancialEffect]] = {}
    for line in FinancialEffect.objects.filter(case__in=list(cases)).order_by("rank"):
        lines.setdefault(line.case_id, []).append(line)
    return {
        case: {kind: value for kind, value in totals(of_it).items() if value} for case, of_it in lines.items()
    }


def _elsewhere(found: list[Likeness], said: dict[str, str]) -> list[AlikeElsewhere]:
    known = Precedent.objects.defer("stems").in_bulk([one.key for one in found])
    return [AlikeElsewhere(known[one.key], one, [said[stem] for stem in one.stems]) for one in found]
