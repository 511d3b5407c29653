"""A template as it will print: put on the letterhead of one’s own service, about an invented person."""

from datetime import UTC, date, datetime

from django.conf import settings

from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every, labels
from mediane.correspondence.models import LetterTemplate
from mediane.correspondence.paper import LetterSheet
from mediane.correspondence.queries.facts import BENEFIT, REMEDY, known_criteria, remedy_of
from mediane.correspondence.queries.sheets import CLOSING, house_lines
from mediane.correspondence.queries.values import remedies_in_words
from mediane.correspondence.rules.blocks import blocks, split_salutation, typeset
from mediane.correspondence.rules.conditions import Facts, Paragraph, asked_of, kept_text, parse
from mediane.correspondence.rules.fields import EXAMPLES
from mediane.correspondence.rules.merging import merge
from mediane.kit.french import join, long_date
from mediane.organisations.models import Organisation

ADDRESS = ("Madame Rosalie Aubertin", "101 rue de l’Exemple", "75000 Ville-Inventée")
NUMBER = "0000000"
# The same words make the same file.
MADE = datetime(2026, 11, 24, tzinfo=UTC)


def first_facts(paragraphs: tuple[Paragraph, ...]) -> dict[str, frozenset[str]]:
    """The invented case at first: the first value of each condition, and the remedy that goes with it."""
    asked = asked_of(paragraphs)
    facts = {word: frozenset(codes[:1]) for word, codes in asked.items()}
    if REMEDY in asked and BENEFIT in asked:
        facts[REMEDY] = frozenset(remedy_of(every(Benefit)[code]) for code in facts[BENEFIT])
    return facts


def specimen_values(facts: Facts, caf: Organisation) -> dict[str, str]:
    """The examples of the list, with the benefits chosen and one’s own Caf."""
    chosen = [code for code in every(Benefit) if code in (facts.get(BENEFIT) or ())]
    values = EXAMPLES | {"caf": caf.name}
    values |= {"telephone_du_service": caf.phone or EXAMPLES["telephone_du_service"]}
    if chosen:
        values |= {
            "prestations": join(labels(Benefit, chosen)),
            "voies_de_recours": remedies_in_words(chosen),
        }
    return values


def specimen_sheet(
    template: LetterTemplate, facts: Facts, caf: Organisation, on: date, *, signed: tuple[str, str]
) -> LetterSheet:
    """`signed` is a name and a quality. What the facts do not settle is left to choose, as in a letter."""
    values = specimen_values(facts, caf)
    text = merge(kept_text(template.body, known_criteria(), facts), values).text
    salutation, body = split_salutation(blocks(text), EXAMPLES["formule_d_appel"])
    return LetterSheet(
        service=house_lines(caf),
        address=ADDRESS,
        place=caf.city or caf.department,
        date=long_date(on),
        created=MADE,
        reference=EXAMPLES["reference"],
        beneficiary_number=NUMBER,
        title=typeset(merge(template.title, values).text),
        salutation=salutation,
        body=body,
        closing=CLOSING.format(salutation.rstrip(",")),
        signature_name=signed[0],
        signature_title=signed[1],
        demonstration=settings.DEMONSTRATION,
    )


def paragraphs_of(template: LetterTemplate) -> tuple[Paragraph, ...]:
    return parse(template.body, known_criteria()).paragraphs
