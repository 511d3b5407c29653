from django.urls import path

from mediane.web.desk.views import appeals

CASE = "dossiers/<str:reference>/"
urlpatterns = [
    path(f"{CASE}delai-de-recours/", appeals.appeal_clock, name="appeal_clock"),
    path(f"{CASE}delai-de-recours/<slug:slug>/", appeals.note_appeal_event, name="note_appeal_event"),
]
