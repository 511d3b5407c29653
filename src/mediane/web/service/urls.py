from django.urls import path

from mediane.web.service.views import questions, writing

app_name = "service"
ONE = "<uuid:public_id>/"
urlpatterns = [
    path("", questions.questions, name="questions"),
    path(ONE, writing.question, name="question"),
    path(f"{ONE}brouillon/", writing.save, name="save"),
    path(f"{ONE}fichiers/<uuid:file_id>/", questions.file, name="file"),
]
