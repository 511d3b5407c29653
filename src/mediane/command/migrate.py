"""`mediane migrate`: bring the tables up to date, then say what the application may do there."""

import argparse

from mediane.command import surroundings

HELP = "Met à jour la structure de la base de données, puis les droits de l’application."


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="n’affiche rien quand tout va bien")


def run(options: argparse.Namespace) -> int:
    surroundings.choose_settings()
    with surroundings.database():
        surroundings.wake_django()
        bring_up_to_date(verbosity=0 if options.quiet else 1)
    return 0


def bring_up_to_date(*, verbosity: int) -> None:
    from django.core.management import call_command

    from mediane.kit import rowsecurity

    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    rowsecurity.grant()
