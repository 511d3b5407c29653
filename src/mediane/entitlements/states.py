"""An estimate is asked for, then made by another program, or not."""

from django.db.models import TextChoices


class State(TextChoices):
    ASKED = "asked", "Calcul en cours"
    DONE = "done", "Calculée"
    FAILED = "failed", "Non calculée"


class Housing(TextChoices):
    SOCIAL = "social", "Locataire d’un logement social"
    EMPTY = "empty", "Locataire d’un logement vide"
    FURNISHED = "furnished", "Locataire d’un meublé ou en foyer"
    OWNER = "owner", "Propriétaire"
    FREE = "free", "Logement gratuit"
    HOMELESS = "homeless", "Sans domicile"


class Zone(TextChoices):
    """Of rents, by decree: housing aid depends on it."""

    ONE = "1", "Zone 1, agglomération parisienne"
    TWO = "2", "Zone 2, grandes agglomérations, Corse et outre-mer"
    THREE = "3", "Zone 3, reste du territoire"


class Disability(TextChoices):
    NONE = "none", "Aucun, ou inconnu"
    PARTIAL = "partial", "De 50 à 79\u00a0%, avec restriction d’accès à l’emploi"
    SEVERE = "severe", "80\u00a0% ou plus"


class Right(TextChoices):
    """What is estimated, in the order it is read."""

    RSA = "RSA", "RSA"
    PPA = "PPA", "Prime d’activité"
    HOUSING = "HOUSING", "Aide au logement"
    ASF = "ASF", "Allocation de soutien familial (ASF)"
    AF = "AF", "Allocations familiales (AF)"
    AAH = "AAH", "Allocation aux adultes handicapés (AAH)"
