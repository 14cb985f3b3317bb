from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "coordination.tasks"
    label = "tasks"

    def ready(self) -> None:
        from coordination.streams.kinds import register_kind
        from coordination.tasks.queries import may_join_queues

        register_kind("queue", may_join_queues)
