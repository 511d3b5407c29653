from django.urls import path

from mediane.web.desk.views import finding_gestures, findings, pack, recommendations

FINDING = "constats/<int:number>/"
CASE = "dossiers/<str:reference>/recommandations/"
urlpatterns = [
    path("constats/", findings.findings, name="findings"),
    path("constats/nouveau/", findings.open_finding, name="open_finding"),
    path("constats/bilaterale/", pack.pack, name="pack"),
    path("constats/bilaterale/pdf/", pack.pack_pdf_file, name="pack_pdf"),
    path(FINDING, findings.finding, name="finding"),
    path(f"{FINDING}modifier/", findings.change_finding, name="change_finding"),
    path(f"{FINDING}dossiers/", finding_gestures.join_evidence, name="join_evidence"),
    path(f"{FINDING}chiffres/", finding_gestures.cite_figure, name="cite_figure"),
    path(f"{FINDING}propositions/", finding_gestures.propose, name="propose"),
    path(f"{FINDING}propositions/<int:rank>/suite/", finding_gestures.follow_up, name="follow_up"),
    path(CASE, recommendations.recommend, name="recommend"),
    path(f"{CASE}<int:rank>/reponse/", recommendations.note_answer, name="note_answer"),
]
