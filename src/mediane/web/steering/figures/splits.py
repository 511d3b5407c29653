"""Figures by value: causes, benefits, channels… with the network’s mark, and rates of one value."""

from decimal import Decimal
from functools import partial

from mediane.kit.french import NBSP
from mediane.statistics.queries.lists import short_word
from mediane.statistics.rules.comparing import FEWEST_FOR_A_PERCENTAGE
from mediane.statistics.rules.figures import UNNAMED, Counted, Split
from mediane.statistics.rules.indicators import INDICATORS
from mediane.web.steering import charts, charts_bars
from mediane.web.steering.figures.read import Read
from mediane.web.steering.figures.shown import Column, Drawing, Kind, Shown, Table, rounded, table

WIDE, NARROW = 660, 300
MOST_LINES = 8
# What the first value of each is, when it stands alone at the top.
FIRSTS = {
    "causes": "première cause",
    "benefit_groups": "premier groupe de prestations",
    "benefits": "première prestation",
    "channels": "premier canal",
    "channels_out_of_scope": "premier canal hors médiation",
    "reasons": "première raison précise",
    "error_types": "première erreur constatée",
    "services": "premier service concerné",
    "origins": "première origine",
    "grounds": "premier motif",
    "outcomes": "premier résultat",
    "out_of_scope_reasons": "premier motif hors médiation",
    "bodies": "premier organisme proposé",
    "households": "foyer le plus fréquent",
    "ages": "âge le plus fréquent",
    "quotients": "quotient le plus fréquent",
}
# Of which a request may have several.
SEVERAL = ("benefits", "benefit_groups", "grounds")
# Noted by the service when it is known: shares are of what is.
NOT_NOTED = "Cette donnée facultative n’est notée pour aucune saisine de cette période."
OPTIONAL = ("households", "ages", "quotients")
RATES = {
    "repeats": ("de réitérations", "Aucune réitération"),
    "preceded": (
        "de demandes précédées d’une réclamation",
        "Aucune demande précédée d’une réclamation",
    ),
}


def split(read: Read, code: str) -> Shown:
    label = partial(short_word, INDICATORS[code].axis)
    now, network = _split(read.now, code), _split(read.network, code)
    drawn = [
        charts.Bar(
            label(line.code),
            line.share or Decimal(0),
            rounded(line.share),
            network.of(line.code).share if network.base else None,
        )
        for line in now.lines[:MOST_LINES]
    ]
    return Shown(
        code=code,
        title=_title(code, now),
        counts=_counts(code, bool(network.base), len(now.lines)),
        table=_split_table(read, code),
        indicators=(INDICATORS[code],),
        drawing=_drawing(drawn) if drawn else None,
        nothing=_nothing(now),
    )


def _split_table(read: Read, code: str) -> Table:
    """Every value of this period and of the one before, with its shares."""
    indicator, period = INDICATORS[code], read.asked.period
    now, before, network = (_split(counted, code) for counted in (read.now, read.before, read.network))
    beside = read.asked.before if read.is_beside_another and before.base else None
    known = {line.code for line in now.lines}
    gone = [now.of(line.code) for line in before.lines if line.code not in known]
    rows = [
        (
            short_word(indicator.axis, line.code),
            line.number,
            line.share,
            before.of(line.code).number,
            before.of(line.code).share,
            network.of(line.code).share,
        )
        for line in (*now.lines, *gone)
    ]
    columns = (
        Column(indicator.name, Kind.TEXT),
        Column(f"Saisines, {period.short}"),
        Column("Part", Kind.PERCENT),
        Column(f"Saisines, {beside.short}") if beside else None,
        Column(f"Part, {beside.short}", Kind.PERCENT) if beside else None,
        Column("Part dans le réseau", Kind.PERCENT) if network.base else None,
    )
    return table(columns, rows)


def rate(read: Read, code: str) -> Shown:
    """The share of one value: this period, the one before, the network."""
    period, before = read.asked.period, read.asked.before if read.is_beside_another else None
    places = [(period.short, _split(read.now, code), "solid")]
    if before:
        places.append((before.short, _split(read.before, code), "striped"))
    if not read.asked.is_the_network:
        places.append(("Réseau des Caf", _split(read.network, code), "hollow"))
    now = places[0][1]
    found = [(name, split.of("yes"), split.base, look) for name, split, look in places]
    drawn = [
        charts.Bar(name, line.share or Decimal(0), rounded(line.share), None, look)
        for name, line, base, look in found
        if base
    ]
    columns = (Column("Période ou réseau", Kind.TEXT), Column("Saisines"), Column("Sur"))
    return Shown(
        code=code,
        title=_rate_title(code, now),
        counts=f"{INDICATORS[code].name}, en part des saisines traitées",
        table=table(
            (*columns, Column("Part", Kind.PERCENT)),
            [(name, line.number, base, line.share) for name, line, base, _ in found],
        ),
        indicators=(INDICATORS[code],),
        drawing=_drawing(drawn) if now.base else None,
        nothing=_nothing(now),
    )


def _rate_title(code: str, now: Split) -> str:
    """A share, of enough requests; the numbers themselves of fewer."""
    line, (words, none) = now.of("yes"), RATES[code]
    if not now.base:
        return INDICATORS[code].name
    if not line.number or line.share is None:
        return none
    if now.base < FEWEST_FOR_A_PERCENTAGE:
        return f"{INDICATORS[code].name}{NBSP}: {line.number} sur {now.base}"
    return f"{rounded(line.share)} {words}"


def _split(counted: Counted, code: str) -> Split:
    found = INDICATORS[code].compute(counted)
    if not isinstance(found, Split):
        raise TypeError(f"{code} is not split by values")
    return found


def _drawing(drawn: list[charts.Bar]) -> Drawing:
    return Drawing.of(lambda width: charts_bars.bars(drawn, width=width), wide=WIDE, narrow=NARROW)


def _title(code: str, found: Split) -> str:
    """The first value is named when it is alone at the top, of enough requests to say so; as its bar says."""
    named = [line for line in found.lines if line.code not in UNNAMED][:2]
    is_alone = len(named) == 1 or (len(named) == 2 and named[0].number > named[1].number)
    if not is_alone or found.base < FEWEST_FOR_A_PERCENTAGE:
        return INDICATORS[code].name
    first = short_word(INDICATORS[code].axis, named[0].code)
    return f"{first}, {FIRSTS[code]}{NBSP}: {rounded(named[0].share)}"


def _counts(code: str, has_network: bool, number: int) -> str:
    said = f"{INDICATORS[code].name}, {'plusieurs possibles' if code in SEVERAL else 'en part des saisines'}"
    if code in OPTIONAL:
        said += " où la donnée est notée"
    if has_network:
        said += ". Trait noir\u00a0: réseau des Caf"
    if number > MOST_LINES:
        said += f". Les {MOST_LINES} premières, le reste dans le tableau"
    return said


def _nothing(found: Split) -> str:
    if found.base:
        return "Rien de tel n’est noté pour les saisines de cette période."
    return "Aucune saisine de ce genre dans cette période."
