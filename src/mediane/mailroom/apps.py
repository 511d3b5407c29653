from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "mediane.mailroom"
    label = "mailroom"
