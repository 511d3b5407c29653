from django.urls import path

from mediane.web.desk.views import dispatch, postings

LETTER = "dossiers/<str:reference>/a-imprimer/<uuid:public_id>/"
urlpatterns = [
    path("a-imprimer/", postings.postings, name="postings"),
    path("a-imprimer/partis/", dispatch.left, name="postings_left"),
    path(f"{LETTER}depart/", dispatch.dispatch, name="dispatch"),
    path(f"{LETTER}suite/", dispatch.note_fate, name="note_fate"),
    path(f"{LETTER}prevenir/", dispatch.tell_otherwise, name="tell_otherwise"),
    path(f"{LETTER}pdf/", postings.posting, name="posting"),
    path(f"{LETTER}envoyee/", postings.post, name="post"),
    path(f"{LETTER}jeter/", postings.throw_away, name="throw_letter_away"),
    path(
        "dossiers/<str:reference>/accuse-a-un-tiers/", postings.acknowledge_sender, name="acknowledge_sender"
    ),
]
