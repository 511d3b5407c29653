from django.urls import path

from mediane.web.desk.views import alike, near, who

CASE = "dossiers/<str:reference>/"
urlpatterns = [
    path(f"{CASE}proches/<str:other>/", near.compare, name="compare"),
    path(f"{CASE}semblables/", alike.alike, name="alike"),
    path(f"{CASE}semblables/partager/", alike.release, name="release"),
    path(f"{CASE}semblables/retirer/", alike.withdraw, name="withdraw_release"),
    path(f"{CASE}coordonnees/", who.contacts, name="contacts"),
    path("personnes/", who.people, name="people"),
    path("personnes/<int:pk>/", who.pair, name="pair"),
]
