"""`mediane createagent`: open the door to a first member of staff."""

import argparse

from mediane.command import surroundings
from mediane.command.obstacles import Obstacle

HELP = "Crée le compte d’une personne du service de médiation."


def describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", required=True, metavar="ADRESSE", help="adresse électronique")
    parser.add_argument("--name", required=True, metavar="NOM", help="prénom et nom, entre guillemets")
    parser.add_argument(
        "--organisation",
        required=True,
        metavar="CODE",
        help="code de la Caf, par exemple 75\u00a0; CNAF pour la médiation nationale",
    )
    parser.add_argument(
        "--role",
        required=True,
        choices=("mediator", "officer", "head", "national"),
        help="mediator\u00a0: médiateur ou médiatrice\u00a0; officer\u00a0: référent ou référente\u00a0;"
        " head\u00a0: direction, qui lit les chiffres et aucun dossier\u00a0;"
        " national\u00a0: médiation nationale",
    )
    parser.add_argument(
        "--title", metavar="TITRE", help="titre affiché, par exemple «\u00a0médiatrice\u00a0»"
    )


def run(options: argparse.Namespace) -> int:
    surroundings.choose_settings()
    with surroundings.database():
        surroundings.wake_django()
        add(options)
    print(f"Le compte de {options.name} est créé.")
    return 0


def add(options: argparse.Namespace) -> None:
    from mediane.kit import clock
    from mediane.kit.refusal import Refusal
    from mediane.organisations import actions
    from mediane.organisations.models import Organisation, Role

    organisation = Organisation.objects.filter(code=options.organisation).first()
    if organisation is None:
        raise Obstacle(f"Aucune Caf ne porte le code {options.organisation}.")
    role = Role[options.role.upper()]
    try:
        actions.add_member(
            organisation=organisation,
            email=options.email,
            full_name=options.name,
            role=role,
            title=options.title or role.label,
            at=clock.now(),
        )
    except Refusal as refusal:
        raise Obstacle(refusal.sentence) from refusal
