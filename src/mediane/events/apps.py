from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "mediane.events"
    label = "events"
