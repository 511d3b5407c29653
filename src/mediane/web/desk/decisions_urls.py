from django.urls import path

from mediane.web.desk.views import (
    decisions,
    letter_reading,
    letter_saving,
    letter_versions,
    letters,
    orientation,
)

CASE = "dossiers/<str:reference>/"

urlpatterns = [
    path(CASE + "recevabilite/", decisions.admissibility, name="admissibility"),
    path(CASE + "reclassement/", orientation.reclassify, name="reclassify"),
    path(CASE + "transmission/", orientation.forward, name="forward"),
    path(CASE + "transmission/pdf/", orientation.forward_pdf, name="forward_pdf"),
    path(CASE + "urgence/<slug:signal>/", orientation.weigh_urgency, name="weigh_urgency"),
    path(CASE + "tribunal/", decisions.litigation, name="litigation"),
    path(CASE + "retrait/", decisions.withdraw, name="withdraw"),
    path(CASE + "reponse/", letters.reply, name="reply"),
    path(CASE + "reponse/enregistrer/", letter_saving.save_reply, name="save_reply"),
    path(CASE + "reponse/relire/", letter_reading.read_reply, name="read_reply"),
    path("service/relecture/", letter_reading.readings, name="readings"),
    path(CASE + "reponse/abandonner/", letters.discard_reply, name="discard_reply"),
    path(CASE + "reponse/apercu.png", letters.reply_picture, name="reply_picture"),
    path(CASE + "reponse/apercu.pdf", letters.reply_pdf, name="reply_pdf"),
    path(CASE + "reponse/signer/", letters.sign_reply, name="sign_reply"),
    path(CASE + "courriers/<uuid:public_id>/", letters.letter, name="letter"),
    path(
        CASE + "courriers/<uuid:public_id>/grands-caracteres/", letter_versions.large_pdf, name="letter_large"
    ),
    path(CASE + "courriers/<uuid:public_id>/facile-a-lire/", letter_versions.easy_pdf, name="letter_easy"),
    path(
        CASE + "courriers/<uuid:public_id>/avec-pieces/",
        letter_versions.with_enclosures,
        name="letter_with_enclosures",
    ),
    path(CASE + "courriers/<uuid:public_id>/pdf/", letters.sent_pdf, name="letter_pdf"),
]
