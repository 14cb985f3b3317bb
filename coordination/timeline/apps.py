from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "coordination.timeline"
    label = "timeline"
