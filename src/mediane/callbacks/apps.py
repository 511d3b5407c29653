from django.apps import AppConfig


class CallbacksConfig(AppConfig):
    name = "mediane.callbacks"
    label = "callbacks"
