from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "coordination.base"
    label = "base"
