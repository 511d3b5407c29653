"""Invented people, always the same ones for the same seed."""

from collections.abc import Iterator
from random import Random

from mediane.integrations.demonstration.cast import address, people, phone, read
from mediane.people.actions import Identity

# Two ranges: those who live and those of the past never share a number.
LIVING, PAST = (1_000_000, 5_000_000), (5_000_000, 9_000_000)


def invent(code: str, *, is_past: bool = False) -> Iterator[Identity]:
    """Beneficiaries of one Caf, without end; none has the number of somebody of the cast."""
    names, city = read("names"), read("cities")[code]
    chance = Random(f"médiane {code} {is_past}")  # noqa: S311 — nothing secret is drawn
    taken = {guest.number for guest in people()}
    while True:
        title, firsts = chance.choice([("Madame", names["women"]), ("Monsieur", names["men"])])
        first_name, last_name = chance.choice(firsts), chance.choice(names["last"])
        number = str(chance.randrange(*(PAST if is_past else LIVING)))
        if number in taken:
            continue
        taken.add(number)
        street = f"{chance.randrange(101, 399)} {chance.choice(names['streets'])}"
        yield Identity(
            organisation_code=code,
            number=number,
            title=title,
            first_name=first_name,
            last_name=last_name,
            email=f"{address(f'{first_name} {last_name}')}.{number[-3:]}@courriel.invalid",
            phone=phone(int(number)),
            postal_address=f"{street}\n{_postcode(code, chance)} {city}",
        )


def _postcode(code: str, chance: Random) -> str:
    if code == "75":
        return f"750{chance.randrange(1, 21):02}"
    return f"{'20' if code in ('2A', '2B') else code:0<5}"
