"""How a person is reached, in sentences she reads; no place that she keeps secret is in them."""

from mediane.casework.queries.postings import email_of
from mediane.referrals.rules import HIDDEN_ADDRESS, NO_LETTERS, Wish, postal_address

GIVEN = "que vous nous avez donné"


def sentences(said: Wish) -> list[str]:
    """What holds today, one sentence each."""
    return [*filter(None, (_email(said), _letters(said), _phone(said), _secret(said), _hours(said)))]


def _email(said: Wish) -> str:
    if not said.notice_by_email:
        return "Nous ne vous envoyons pas de courriel."
    if not email_of(said):
        return "Nous ne vous envoyons pas de courriel\u00a0: nous ne connaissons pas votre adresse."
    where = f"au courriel {GIVEN}" if said.contact.get("email") else "au courriel de votre compte"
    return f"Nous vous prévenons par courriel, {where}."


def _letters(said: Wish) -> str:
    if said.contact.get(NO_LETTERS):
        return "Nous ne vous envoyons pas de lettre par la poste."
    if not postal_address(said.contact, said.account.get("address", "")):
        return "Nous n’envoyons pas de lettre\u00a0: nous ne connaissons pas d’adresse sûre."
    where = f"à l’adresse {GIVEN}e" if said.contact.get("address") else "à l’adresse de votre compte"
    return f"Nos lettres par la poste vont {where}."


def _phone(said: Wish) -> str:
    return f"Nous vous appelons au numéro {GIVEN}." if said.contact.get("phone") else ""


def _secret(said: Wish) -> str:
    caution = said.contact.get("caution", "")
    if caution == HIDDEN_ADDRESS:
        return "Votre adresse reste secrète\u00a0: nous ne la donnons à personne."
    return f"Une précaution est notée\u00a0: «\u00a0{caution}\u00a0»." if caution else ""


def _hours(said: Wish) -> str:
    hours = said.contact.get("hours", "").removesuffix(".")
    return f"Pour vous appeler\u00a0: «\u00a0{hours}\u00a0»." if hours else ""
