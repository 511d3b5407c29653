from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mediane.web"
    label = "web"
