"""The published figures of a year as a package: one CSV a figure, and what each column means."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse

from mediane.catalogue.rules import threshold_on
from mediane.documents.rules import content_disposition
from mediane.organisations.queries import by_code
from mediane.statistics.models import Publication
from mediane.statistics.queries.published import labels, publication
from mediane.statistics.rules.figures import share
from mediane.statistics.rules.indicators import INDICATORS, Indicator
from mediane.statistics.rules.recipes import DELAYS, MONEY, RECIPES
from mediane.statistics.states import Axis

NETWORK = "reseau"
MASKED = "masqué"
SUM = "Le réseau est la somme des Caf dont les chiffres de l’année sont publiés."
# The format’s first day: the same figures give the same bytes, whenever the package is asked for.
NO_DAY = (1980, 1, 1, 0, 0, 0)
LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
CODE = ("code", "string", "Code de la valeur dans sa liste")
LABEL = ("label", "string", "Libellé de la valeur")
NUMBER = ("number", "integer", "Nombre de saisines")
SHARE = ("share", "number", "Part, en pour cent de la population décrite")
MONTH = ("month", "yearmonth", "Mois")
Field = tuple[str, str, str]
Cell = str | int | None


@dataclass(frozen=True)
class Sheet:
    code: str
    indicator: Indicator
    fields: Sequence[Field]
    rows: Sequence[Sequence[Cell]]


def answer(place: str, year: int) -> HttpResponse:
    """Of a Caf by its code, or of the network."""
    caf = None if place == NETWORK else by_code(place)
    found = publication(year, caf.pk if caf else None) if caf or place == NETWORK else None
    if found is None:
        raise Http404
    name = f"mediation-{place}-{year}.zip"
    return HttpResponse(
        package(found, caf.name if caf else "réseau des Caf"),
        content_type="application/zip",
        headers={"Content-Disposition": content_disposition(name)},
    )


def package(published: Publication, place: str) -> bytes:
    """A ZIP: the same bytes each time."""
    sheets = list(_sheets(published.year, published.content))
    files = {f"{sheet.code}.csv": _csv(sheet) for sheet in sheets}
    files["datapackage.json"] = json.dumps(
        _described(published, place, sheets), ensure_ascii=False, indent=2, sort_keys=True
    ).encode()
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            made.writestr(zipfile.ZipInfo(name, NO_DAY), files[name], zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _sheets(year: int, content: Mapping[str, Any]) -> Iterator[Sheet]:
    months = [f"{year}-{month:02}" for month in range(1, 13)]
    tables, totals = content["tables"], content["totals"]
    received = tables.get("months_received", {})
    rows: list[Sequence[Cell]] = [(month, received.get(month)) for month in months]
    yield Sheet("received", INDICATORS["received"], (MONTH, NUMBER), [*rows, (str(year), totals["received"])])
    handled = {one: tables.get(f"months_{one}", {}) for one in ("mediation", "out_of_scope")}
    fields = (
        MONTH,
        ("mediation", "integer", "Saisines traitées par la médiation"),
        ("out_of_scope", "integer", "Saisines traitées, hors médiation"),
    )
    by_month: list[Sequence[Cell]] = [
        (month, *(one.get(month) for one in handled.values())) for month in months
    ]
    whole = (str(year), *(totals[one] for one in handled))
    yield Sheet("handled", INDICATORS["handled"], fields, [*by_month, whole])
    for recipe in RECIPES:
        numbers, base = tables.get(recipe.code, {}), content["bases"].get(recipe.code)
        split = [
            (code, words, numbers.get(code), _share(numbers.get(code), base))
            for code, words in _values(recipe.axis, numbers)
        ]
        yield Sheet(recipe.code, INDICATORS[recipe.code], (CODE, LABEL, NUMBER, SHARE), split)
    yield _money(content)
    yield _delays(content)


def _values(axis: Axis, numbers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The whole list, in its order; then what was counted before it left the list."""
    known = labels()[axis]
    return [*known.items(), *((code, code) for code in sorted(numbers.keys() - known.keys()))]


def _money(content: Mapping[str, Any]) -> Sheet:
    touched, cents = content["tables"].get(MONEY.code, {}), content["cents"]
    rows = [
        (code, words, touched.get(code), _euros(cents.get(code)))
        for code, words in labels()[Axis.TOUCHED].items()
    ]
    amount = ("amount", "number", "Montant, en euros\u00a0; les montants ne se compensent jamais")
    return Sheet(MONEY.code, INDICATORS[MONEY.code], (CODE, LABEL, NUMBER, amount), rows)


def _delays(content: Mapping[str, Any]) -> Sheet:
    fields = (
        CODE,
        LABEL,
        ("median", "integer", "Jours\u00a0: la moitié des saisines en ont pris autant ou moins"),
        ("ninth_decile", "integer", "Jours\u00a0: neuf saisines sur dix en ont pris autant ou moins"),
    )
    none = (None, None)
    rows = [(code, INDICATORS[code].name, *(content["days"].get(code) or none)) for code in DELAYS]
    return Sheet("delays", INDICATORS["delay_of_reply"], fields, rows)


def _share(number: int | None, base: int | None) -> str | None:
    if number is None or base is None:
        return None
    found = share(number, base)
    return "" if found is None else str(found)


def _euros(cents: int | None) -> str | None:
    return None if cents is None else f"{cents / 100:.2f}"


def _csv(sheet: Sheet) -> bytes:
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow([name for name, _, _ in sheet.fields])
    writer.writerows([MASKED if cell is None else str(cell) for cell in row] for row in sheet.rows)
    return kept.getvalue().encode()


def _described(published: Publication, place: str, sheets: Sequence[Sheet]) -> dict[str, Any]:
    threshold = threshold_on(published.published_on)
    of = published.organisation.code.lower() if published.organisation else "reseau"
    return {
        "profile": "tabular-data-package",
        "name": f"mediation-{of}-{published.year}",
        "title": f"Médiation administrative, {place}, {published.year}",
        "description": f"Les nombres de 1 à {published.threshold - 1} sont masqués, et avec eux ceux qui les"
        f" donneraient par soustraction\u00a0: ils portent le mot «\u00a0{MASKED}\u00a0». {threshold.source}"
        + ("" if published.organisation else f" {SUM}"),
        "created": published.published_at.isoformat(),
        "licenses": [LICENCE],
        "resources": [_resource(sheet) for sheet in sheets],
    }


def _resource(sheet: Sheet) -> dict[str, Any]:
    fields = [{"name": name, "type": kind, "description": words} for name, kind, words in sheet.fields]
    if sheet.fields[0] == MONTH:
        # The last line is the whole year.
        fields[0]["type"] = "string"
    return {
        "profile": "tabular-data-resource",
        "name": sheet.code,
        "path": f"{sheet.code}.csv",
        "title": "Délais" if sheet.code == "delays" else sheet.indicator.name,
        "description": f"{sheet.indicator.definition} {sheet.indicator.over}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": ["", MASKED], "primaryKey": fields[0]["name"]},
    }
