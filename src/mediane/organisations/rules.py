"""Which Caf a postcode leads to, and by which calendar and which clock that Caf lives."""

from mediane.kit.workdays import Zone

OVERSEAS = ("971", "972", "973", "974", "976")
CORSICA = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}
DEPARTMENTS = (
    *(f"{number:02}" for number in range(1, 96) if number != 20),
    "2A",
    "2B",
    *OVERSEAS,
)

HOLIDAY_ZONES = {
    "57": Zone.ALSACE_MOSELLE,
    "67": Zone.ALSACE_MOSELLE,
    "68": Zone.ALSACE_MOSELLE,
    "971": Zone.GUADELOUPE,
    "972": Zone.MARTINIQUE,
    "973": Zone.GUYANE,
    "974": Zone.REUNION,
    "976": Zone.MAYOTTE,
}
TIME_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "976": "Indian/Mayotte",
}


def department_of_postcode(postcode: str) -> str | None:
    """The département a postcode points to, or None when there is no Caf behind it.

    A handful of border towns are served by the post office of their neighbour:
    the answer is proposed to the person, who may choose another Caf.
    """
    digits = "".join(postcode.split())
    if len(digits) != 5 or not (digits.isascii() and digits.isdecimal()):
        return None
    if digits.startswith("20"):
        return CORSICA.get(digits[:3])
    department = digits[:3] if digits.startswith("97") else digits[:2]
    return department if department in DEPARTMENTS else None


def holiday_zone(department: str) -> Zone:
    """The public holidays it keeps; the mainland's for whatever is not overseas nor Alsace-Moselle."""
    return HOLIDAY_ZONES.get(department, Zone.METROPOLE)


def time_zone(department: str) -> str:
    return TIME_ZONES.get(department, "Europe/Paris")
