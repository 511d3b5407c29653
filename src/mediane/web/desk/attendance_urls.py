from django.urls import path

from mediane.web.desk.views import absences, notices, presence

urlpatterns = [
    path("absences/", absences.absences, name="absences"),
    path("absences/nouvelle/", absences.declare, name="declare_absence"),
    path("absences/<int:number>/", absences.change, name="change_absence"),
    path("absences/<int:number>/fin/", absences.end, name="end_absence"),
    path("avis/", notices.notices, name="notices"),
    path("dossiers/<str:reference>/presence/", presence.pulse, name="presence"),
    path("dossiers/<str:reference>/presence/fin/", presence.leave, name="leave"),
]
