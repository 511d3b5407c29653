"""The template environment: what every page knows, and nothing else."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from mediane.kit import clock, french, money
from mediane.kit.text import initials

WEB = Path(__file__).parent.parent
NOBODY = SimpleNamespace(kind=None, name="", initials="", title="", role="")
# The pages each place of the bar holds, its words, its address.
NAV_OF = {
    "staff": (
        (("workplan",), "Plan de travail", "/bureau/"),
        (("intake",), "Enregistrer", "/bureau/enregistrer/"),
        (("mailroom",), "Courrier reçu", "/bureau/courrier/"),
        (("callbacks",), "Rappels", "/bureau/rappels/"),
        (("figures", "alerts", "reasons"), "Chiffres", "/pilotage/"),
        (("findings",), "Constats", "/bureau/constats/"),
        (("reports",), "Rapport annuel", "/pilotage/rapports/"),
        (
            (
                "service",
                "consultations",
                "money",
                "people",
                "parcels",
                "funnel",
                "register",
                "imports",
                "exports",
                "templates",
            ),
            "Service",
            "/bureau/service/",
        ),
    ),
    "head": (
        (("figures", "alerts", "reasons"), "Chiffres", "/pilotage/"),
        (("findings",), "Constats", "/pilotage/constats/"),
        (("money",), "Montants à valider", "/pilotage/montants/"),
        (("funnel",), "Tests d’éligibilité", "/pilotage/tests/"),
    ),
    "service": ((("questions",), "Questions de la médiation", "/services/"),),
    "national": (
        (("figures", "alerts", "reasons"), "Chiffres", "/pilotage/"),
        (("reports",), "Rapport annuel", "/pilotage/rapports/"),
        (("funnel",), "Tests d’éligibilité", "/pilotage/tests/"),
        (("templates",), "Modèles", "/pilotage/modeles/"),
        (("policies",), "Règles du test", "/pilotage/regles/"),
        (("scales",), "Barèmes", "/pilotage/baremes/"),
        (("rollout",), "Déploiement", "/pilotage/deploiement/"),
    ),
}
ROOMS = ("design", "citizen", "representative", "desk", "service", "steering", "signin", "demonstration")


def environment(**options: Any) -> Environment:
    options.pop("loader", None)
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(loader=_loader(), **options)  # noqa: S701 — Django passes autoescape=True
    made.globals |= {"static": static, "url": _url, "demonstration": settings.DEMONSTRATION}
    made.filters |= {
        "long_date": french.long_date,
        "short_date": french.short_date,
        "weekday_date": french.weekday_date,
        "at_time": french.at_time,
        "local": local,
        "initials": initials,
        "count": french.count,
        "number": french.number,
        "weight": french.weight,
        "euros": money.euros,
        "joined": french.join,
        "contracted": _contracted,
    }
    return made


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What layouts expect; reads no database, so that the page of an error can be drawn."""
    actor = getattr(request, "actor", None) or NOBODY
    organisation = getattr(request, "organisation", None)
    return {
        "organisation": organisation,
        "actor": actor,
        "csp_nonce": getattr(request, "csp_nonce", ""),
        # Made once, by the first form of the page, and only if it has one.
        "csrf_input": SimpleLazyObject(
            lambda: csrf_input(request) + _mandate_input(request) + _kept(request)
        ),
        "keeping": getattr(request, "keeping", None),
        "today": clock.today(organisation.time_zone if organisation else "Europe/Paris"),
        "desk_nav": NAV_OF.get(actor.kind or "", ()),
        "search_action": None if actor.kind in ("head", "national", "service") else "/bureau/recherche/",
    }


def _mandate_input(request: HttpRequest) -> SafeString:
    """For whom the page was drawn: sent from a tab left open, it does nothing for anybody else."""
    mandate = getattr(request, "mandate", None)
    field = '<input type="hidden" name="mandate" value="{}">'
    return format_html(field, mandate.public_id) if mandate else SafeString()


def _kept(request: HttpRequest) -> SafeString:
    """Of a page that keeps its long texts: which one it is."""
    keeping = getattr(request, "keeping", None)
    return keeping.fields if keeping else SafeString()


@pass_context
def local(context: Context, instant: datetime) -> datetime:
    """An instant as the clock of the Caf shows it."""
    organisation = context["organisation"]
    return instant.astimezone(ZoneInfo(organisation.time_zone if organisation else "Europe/Paris"))


def _loader() -> FileSystemLoader:
    return FileSystemLoader([WEB / room / "templates" for room in ROOMS])


def _contracted(name: str, preposition: str) -> str:
    return french.contracted(preposition, name)


# The addresses of the product do not change while it runs.
@lru_cache(maxsize=4096)
def _url(name: str, **arguments: Any) -> str:
    return reverse(name, kwargs=arguments)
