"""The `mediane` command."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from mediane import __version__
from mediane.command import createagent, demo, migrate, report, serve, worker
from mediane.command.obstacles import Obstacle, in_plain_words

SUBCOMMANDS = {
    "serve": serve,
    "worker": worker,
    "migrate": migrate,
    "createagent": createagent,
    "demo": demo,
    "report": report,
}


class Parser(argparse.ArgumentParser):
    """argparse in French: it has no translation of its own."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, **options)  # type: ignore[arg-type]
        self._optionals.title = "réglages"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "Emploi\u00a0: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "Emploi\u00a0: ", 1)

    def error(self, message: str) -> NoReturn:
        for english, french in SAID_BY_ARGPARSE.items():
            message = message.replace(english, french)
        self.exit(2, f"{self.format_usage()}{message}\n")


SAID_BY_ARGPARSE = {
    "the following arguments are required: ": "Il manque\u00a0: ",
    "unrecognized arguments: ": "Réglage inconnu\u00a0: ",
    "argument COMMANDE: invalid choice: ": "Commande inconnue\u00a0: ",
    "invalid choice: ": "valeur inconnue\u00a0: ",
    "invalid int value: ": "ce n’est pas un nombre\u00a0: ",
    "expected one argument": "il manque la valeur",
    "choose from": "au choix",
    "argument ": "",
}


def parser() -> Parser:
    top = Parser(
        prog="mediane",
        description="Médiane, la médiation administrative des caisses d’allocations familiales.",
        epilog="«\u00a0mediane COMMANDE --help\u00a0» décrit chaque commande.",
    )
    version = f"Médiane {__version__}"
    top.add_argument("--version", action="version", version=version, help="affiche la version")
    choices = top.add_subparsers(dest="command", required=True, metavar="COMMANDE", title="commandes")
    for name, subcommand in SUBCOMMANDS.items():
        described = choices.add_parser(name, help=subcommand.HELP, description=subcommand.HELP)
        subcommand.describe(described)
        described.set_defaults(run=subcommand.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        with in_plain_words():
            code: int = options.run(options)
    except Obstacle as obstacle:
        sys.stderr.write(f"{obstacle}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
