from django.urls import path

from mediane.web.desk.views import postings

LETTER = "dossiers/<str:reference>/a-imprimer/<uuid:public_id>/"
urlpatterns = [
    path("a-imprimer/", postings.postings, name="postings"),
    path(f"{LETTER}pdf/", postings.posting, name="posting"),
    path(f"{LETTER}envoyee/", postings.post, name="post"),
    path(f"{LETTER}jeter/", postings.throw_away, name="throw_letter_away"),
    path(
        "dossiers/<str:reference>/accuse-a-un-tiers/", postings.acknowledge_sender, name="acknowledge_sender"
    ),
]
