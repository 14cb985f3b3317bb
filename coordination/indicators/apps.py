from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "coordination.indicators"
    label = "indicators"
