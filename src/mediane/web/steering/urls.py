from django.urls import include, path

from mediane.web.keeping import keep_text
from mediane.web.steering.views import (
    alerts,
    appeals,
    drafts,
    figures,
    findings,
    funnel,
    money,
    opendata,
    policies,
    reasons,
    rollout,
    scales,
)

DRAFT = "regles/projets/<int:draft_id>/"
app_name = "steering"
urlpatterns = [
    path("", figures.figures, name="figures"),
    path("chiffres/<slug:code>.<slug:ending>", figures.figure, name="figure"),
    path("constats/", findings.findings, name="findings"),
    path("constats/<int:number>/", findings.finding, name="finding"),
    path("textes/", keep_text, name="keep_text"),
    path("modeles/", include("mediane.web.steering.library_urls")),
    path("montants/", money.money, name="money"),
    path("rapports/", include("mediane.web.steering.reports_urls")),
    path("donnees-ouvertes/", opendata.opendata, name="opendata"),
    path("donnees-ouvertes/<int:year>/<str:place>.zip", opendata.opendata_package, name="opendata_package"),
    path("alertes/", alerts.alerts, name="alerts"),
    path("alertes/<slug:motive>/<slug:code>/<slug:benefit>/", alerts.alert, name="alert"),
    path("raisons/", reasons.reasons, name="reasons"),
    path("tests/", funnel.funnel, name="funnel"),
    path("regles/", policies.policies, name="policies"),
    path("delais-de-recours/", appeals.appeal_rules, name="appeal_rules"),
    path("baremes/", scales.scales, name="scales"),
    path("baremes/nouveau/", scales.enter, name="enter_scale"),
    path("deploiement/", rollout.rollout, name="rollout"),
    path("deploiement/<str:code>/", rollout.rollout_caf, name="rollout_caf"),
    path("regles/projets/nouveau/", drafts.begin, name="draft_policy"),
    path(DRAFT, drafts.change, name="change_policy"),
    path(f"{DRAFT}essai/", drafts.simulate, name="simulate_policy"),
    path(f"{DRAFT}abandon/", drafts.discard, name="discard_policy"),
]
