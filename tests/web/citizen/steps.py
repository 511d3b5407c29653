"""A person going from page to page: posts an answer, remembers where it led."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from mediane.eligibility.models import EligibilityCheck
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from mediane.referrals.models import Referral

TEST = {
    "organisme": {"about_caf": "oui"},
    "sujet": {"subject": "individual_benefit"},
    "commission": {"cra_pending": "non"},
    "tribunal": {"before_a_court": "non"},
    "deja-demande": {"already_asked": "non"},
    "urgence": {"urgency": ["aucune"]},
}
DECLARED = {"made_on_day": "1", "made_on_month": "9", "made_on_year": "2026", "channel": "Courrier"}
WHAT = {"benefits": ["APL"], "other_benefits": ["ARS"], "grounds": ["OVERPAYMENT_NOT_UNDERSTOOD"]}
WHY = {
    "decision_contested": "Trop-perçu d’APL de 1 842,60 €",
    "decision_on_day": "2",
    "decision_on_month": "10",
    "decision_on_year": "2026",
    "asked": "Comprendre ce trop-perçu et baisser la retenue",
    "explanation": "On me retient 187 € par mois pour une dette que je ne comprends pas.",
}
REACH = {"channel": "courriel", "hours": "Pas d’appel avant 17 h", "helper": "Yanis Belkacem, mon frère"}


@dataclass
class Journey:
    client: Client
    person: Beneficiary
    last: Any = field(default=None)

    def get(self, path: str) -> HttpResponse:
        self.last = self.client.get(path, follow=True)
        return self.last

    def post(self, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
        self.last = self.client.post(path, data or {})
        return self.last

    def answer(self, slug: str, **data: Any) -> HttpResponse:
        return self.post(f"/saisir/test/{slug}/", data or TEST[slug])

    def choose(self, complaint: str) -> HttpResponse:
        return self.post("/saisir/reclamation/", {"complaint": complaint})

    def pass_the_test(self, complaint: str = "grc-26-884120") -> HttpResponse:
        self.get("/saisir/")
        self.answer("organisme")
        self.answer("sujet")
        self.choose(complaint)
        for slug in ("commission", "tribunal", "deja-demande", "urgence"):
            self.answer(slug)
        return self.last

    def fill(self, slug: str, data: dict[str, Any]) -> HttpResponse:
        return self.post(f"/saisir/demande/{slug}/", data)

    def fill_everything(self) -> HttpResponse:
        self.pass_the_test()
        self.fill("prestations-et-motifs", WHAT)
        self.fill("explication", WHY)
        self.fill("documents", {})
        return self.fill("vous-joindre", REACH)

    def send(self, reference: str = "") -> HttpResponse:
        return self.post("/saisir/verifier/", {"reference": reference or self.draft.reference})

    @property
    def draft(self) -> Referral:
        with rowsecurity.working_for(rowsecurity.person(self.person.pk)):
            return Referral.objects.select_related("complaint", "key").get(filed_at=None)

    @property
    def checks(self) -> list[EligibilityCheck]:
        with rowsecurity.working_for(rowsecurity.person(self.person.pk)):
            return list(EligibilityCheck.objects.order_by("pk"))
