from django.apps import AppConfig


class ProtocolsConfig(AppConfig):
    name = "coordination.protocols"
    label = "protocols"
