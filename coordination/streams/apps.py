from django.apps import AppConfig


class StreamsConfig(AppConfig):
    name = "coordination.streams"
    label = "streams"

    def ready(self) -> None:
        from coordination.base.action import register_finisher
        from coordination.streams.log import flush

        register_finisher(flush)
