from django.urls import path

from mediane.web.representative.views import people

app_name = "representative"
urlpatterns = [
    path("", people.people, name="people"),
    path("agir/", people.choose, name="choose"),
    path("<uuid:public_id>/arreter/", people.renounce, name="renounce"),
]
