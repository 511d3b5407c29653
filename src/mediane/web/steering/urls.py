from django.urls import path

from mediane.web.steering.views import drafts, funnel, policies, rollout

DRAFT = "regles/projets/<int:draft_id>/"
app_name = "steering"
urlpatterns = [
    path("tests/", funnel.funnel, name="funnel"),
    path("regles/", policies.policies, name="policies"),
    path("deploiement/", rollout.rollout, name="rollout"),
    path("deploiement/<str:code>/", rollout.rollout_caf, name="rollout_caf"),
    path("regles/projets/nouveau/", drafts.begin, name="draft_policy"),
    path(DRAFT, drafts.change, name="change_policy"),
    path(f"{DRAFT}essai/", drafts.simulate, name="simulate_policy"),
    path(f"{DRAFT}abandon/", drafts.discard, name="discard_policy"),
]
