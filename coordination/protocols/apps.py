from django.apps import AppConfig


class ProtocolsConfig(AppConfig):
    name = "coordination.protocols"
    label = "protocols"

    def ready(self) -> None:
        from coordination.protocols import receivers, reminders
        from coordination.tasks import signals
        from notifications.checks import register_check
        from notifications.signals import delivery_finished

        signals.task_changing.connect(receivers.hold_plan)
        signals.task_done.connect(receivers.finish_steps)
        signals.task_cancelled.connect(receivers.skip_steps)
        signals.task_reopened.connect(receivers.resume_steps)
        signals.checklist_ticked.connect(receivers.follow_line)
        register_check(reminders.WHAT, reminders.reason_to_drop)
        delivery_finished.connect(reminders.follow_mail)
