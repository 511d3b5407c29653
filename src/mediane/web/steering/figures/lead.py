"""The first sentence of the page and its five numbers: no more than the numbers say."""

from dataclasses import dataclass
from decimal import Decimal

from mediane.casework.states import Outcome
from mediane.kit.french import MONTHS, NBSP, count, number, plural
from mediane.statistics.rules.comparing import FEWEST_FOR_A_PERCENTAGE, said, signed, variation
from mediane.statistics.rules.figures import Counted, share
from mediane.statistics.rules.figures import number as counted
from mediane.statistics.states import Axis, Population
from mediane.web.steering.figures.delays import spread
from mediane.web.steering.figures.read import Read, handled
from mediane.web.steering.figures.shown import NOT_KNOWN, rounded

IN, OUT = Population.MEDIATION, Population.OUT_OF_SCOPE


@dataclass(frozen=True)
class Key:
    label: str
    value: str
    note: str


def lead(read: Read) -> str:
    asked = read.asked
    when = asked.period.words
    if not read.handled:
        return _none(read, when)
    treated = count(read.handled, "saisine a été traitée", "saisines ont été traitées")
    said_first = f"{when}, {treated}."
    if not read.is_comparable or asked.before is None:
        return f"{said_first} {_parts(read)}"
    inside, outside = ((counted(read.before, one), counted(read.now, one)) for one in (IN, OUT))
    since, until = asked.before.name, asked.period.name
    compared = said(*inside, since=since, until=until)
    return (
        f"{said_first} Le nombre de celles qui relèvent de la médiation {compared}{NBSP}; "
        f"celui des autres {said(*outside)}."
    )


def _parts(read: Read) -> str:
    inside, outside = (counted(read.now, one) for one in (IN, OUT))
    if not outside:
        return "Toutes relèvent de la médiation." if inside > 1 else "Elle relève de la médiation."
    if not inside:
        return "Aucune ne relève de la médiation."
    verb = plural(inside, "relève", "relèvent")
    return f"{number(inside)} {verb} de la médiation, {number(outside)} non."


def _none(read: Read, when: str) -> str:
    start = f"{when}, aucune saisine"
    if read.asked.is_narrowed:
        return f"{start} traitée ne répond à ces filtres."
    if read.received:
        came = count(read.received, "saisine est arrivée", "saisines sont arrivées")
        return f"{when}, {came} et aucune n’a encore été traitée."
    return f"{start} n’a été reçue ni traitée."


def remarks(read: Read) -> list[str]:
    """What keeps two periods from being compared."""
    period, before, first = read.asked.period, read.asked.before, read.first
    told = []
    if period.is_running and read.handled:
        month = MONTHS[period.months[-1].month - 1]
        told.append(f"Le mois {_of(month)} n’est pas fini{NBSP}: aucune évolution n’est calculée.")
    if before and first and first >= before.until:
        told.append(f"Rien n’était compté avant {_month(first.month)} {first.year}.")
    elif before and first and first > before.since:
        told.append(
            f"Les chiffres commencent en {_month(first.month)} {first.year}{NBSP}: la période comparée "
            "n’est pas entière, aucune évolution n’est calculée."
        )
    return told


def _month(rank: int) -> str:
    return MONTHS[rank - 1]


def _of(month: str) -> str:
    return f"d’{month}" if month[0] in "ao" else f"de {month}"


def five(read: Read) -> list[Key]:
    now, before = read.now, read.before
    reply = spread(now, "delay_of_reply").median
    return [
        _volume(read, "Saisines traitées", handled(now), handled(before)),
        _volume(read, "Par la médiation", counted(now, IN), counted(before, IN)),
        _volume(read, "Hors médiation", counted(now, OUT), counted(before, OUT)),
        Key(
            "Délai médian de réponse",
            NOT_KNOWN if reply is None else count(reply, "jour", "jours"),
            _delay_before(read) if reply is not None else "aucune réponse",
        ),
        _revised(read),
    ]


def _volume(read: Read, label: str, now: int, was: int) -> Key:
    before = read.asked.before
    if before is None or not read.is_beside_another:
        return Key(label, number(now), "")
    note = f"{number(was)} {read.then}"
    changed = variation(was, now)
    if changed is not None and read.is_comparable and was >= FEWEST_FOR_A_PERCENTAGE:
        note += f", soit {signed(changed)}"
    return Key(label, number(now), note)


def _delay_before(read: Read) -> str:
    was = spread(read.before, "delay_of_reply").median
    if was is not None and read.is_beside_another and read.asked.before:
        return f"{count(was, 'jour', 'jours')} {read.then}"
    return ""


def _revised(read: Read) -> Key:
    """Among answered requests, those whose decision was revised, wholly or in part."""
    revised, network = (_share_revised(counted) for counted in (read.now, read.network))
    note = f"réseau{NBSP}: {rounded(network)}" if network is not None else ""
    return Key("Décisions révisées", rounded(revised), note)


def _share_revised(of: Counted) -> Decimal | None:
    revised = sum(counted(of, IN, Axis.OUTCOME, one) for one in (Outcome.REVISED, Outcome.PARTLY_REVISED))
    return share(revised, counted(of, IN))
