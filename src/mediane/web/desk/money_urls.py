from django.urls import path

from mediane.web.desk.views import closing, money

CASE = "dossiers/<str:reference>/"
urlpatterns = [
    path("montants/", money.money, name="money"),
    path(f"{CASE}montants/", money.record_effect, name="record_effect"),
    path(f"{CASE}montants/<int:rank>/", money.correct_effect, name="correct_effect"),
    path(f"{CASE}montants/<int:rank>/validation/", money.validate_effect, name="validate_effect"),
    path(f"{CASE}reouverture/", closing.reopen, name="reopen"),
]
