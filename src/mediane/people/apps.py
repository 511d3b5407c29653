from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mediane.people"
    label = "people"
