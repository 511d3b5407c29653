"""`mediane report build`: an annual report as files, inside the service and for everybody."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mediane.command import surroundings
from mediane.command.obstacles import Obstacle

if TYPE_CHECKING:
    from mediane.organisations.models import Organisation

HELP = "Écrit le rapport annuel d’une Caf\u00a0: page, PDF et données."
SUFFIX = {"internal": "-interne", "public": ""}


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("build",), metavar="build", help="écrire le rapport")
    parser.add_argument(
        "--caf", required=True, metavar="CODE", help="code de la Caf\u00a0; CNAF pour le réseau"
    )
    parser.add_argument("--year", required=True, type=int, metavar="ANNÉE", help="année du rapport")
    parser.add_argument("--to", required=True, type=Path, metavar="DOSSIER", help="où écrire les fichiers")


def run(options: argparse.Namespace) -> int:
    folder = os.environ.get("DATA")
    if folder:
        # The folder of a demonstration, as `make demo-data` wrote it.
        surroundings.force(MEDIANE_DATA=str(Path(folder).absolute()))
        surroundings.choose_settings("mediane.settings.demonstration")
    surroundings.choose_settings()
    with surroundings.database():
        surroundings.wake_django()
        made = build(code=options.caf, year=options.year, to=options.to)
        _leave()
    for path in made:
        print(path)
    return 0


def _leave() -> None:
    from django.db import connections

    connections.close_all()


def build(*, code: str, year: int, to: Path) -> list[Path]:
    """The files, of what was frozen; of a year without a report, as its figures are now."""
    from mediane.kit import rowsecurity
    from mediane.organisations.models import Organisation

    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        raise Obstacle(f"Aucune Caf ne porte le code {code}.")
    to.mkdir(parents=True, exist_ok=True)
    context = rowsecurity.national if organisation.is_national else rowsecurity.staff
    with rowsecurity.working_for(context(organisation.pk)):
        made = _files(organisation, year)
    written = []
    for name, data in made.items():
        (to / name).write_bytes(data)
        written.append(to / name)
    return written


def _files(organisation: "Organisation", year: int) -> dict[str, bytes]:
    from django.template.loader import render_to_string

    from mediane.kit import clock
    from mediane.reports import paper
    from mediane.reports.queries.drafts import contents_of, unwritten
    from mediane.reports.queries.editions import frozen, last_frozen, pictures_of
    from mediane.reports.states import Audience
    from mediane.web.design.report import as_page, in_the_page, styles

    report, now = last_frozen(organisation, year), clock.now()
    pictures = pictures_of(report) if report is not None else {}
    made: dict[str, bytes] = {}
    for audience in Audience:
        contents: dict[str, Any] | None = frozen(report, audience) if report is not None else None
        if contents is None:
            contents = contents_of(unwritten(organisation, year), audience, at=now)
        name = f"rapport-{organisation.code}-{year}{SUFFIX[audience]}"
        page = as_page(contents, in_the_page(pictures)) | {"styles": styles()}
        made[f"{name}.html"] = render_to_string("design/report_alone.html", page).encode()
        made[f"{name}.pdf"] = paper.report_pdf(contents, pictures)
        made[f"{name}-donnees.zip"] = paper.archive(contents)
    return made
