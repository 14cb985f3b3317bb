from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "coordination.tasks"
    label = "tasks"

    def ready(self) -> None:
        from coordination.accounts.signals import team_changed, team_created
        from coordination.audit.behalf import register_way
        from coordination.patients.signals import glass_broken, opposition_lifted, opposition_recorded
        from coordination.streams.kinds import register_kind
        from coordination.tasks import receivers
        from coordination.tasks.behalf import whose_queue
        from coordination.tasks.queries import may_join_queues

        register_kind("queue", may_join_queues)
        register_way(whose_queue)
        team_created.connect(receivers.open_its_queue, dispatch_uid="tasks.team_created")
        team_changed.connect(receivers.rename_its_queue, dispatch_uid="tasks.team_changed")
        glass_broken.connect(receivers.ask_referent, dispatch_uid="tasks.glass_broken")
        opposition_recorded.connect(receivers.withhold, dispatch_uid="tasks.opposition_recorded")
        opposition_lifted.connect(receivers.read_again, dispatch_uid="tasks.opposition_lifted")
