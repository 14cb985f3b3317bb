from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "coordination.agenda"
    label = "agenda"
