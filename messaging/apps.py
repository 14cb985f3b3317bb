from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"
    label = "messaging"

    def ready(self) -> None:
        from coordination.patients.signals import circle_joined
        from coordination.streams.commands import register_command
        from coordination.streams.kinds import register_kind
        from coordination.tasks.origins import register_origin
        from coordination.tasks.signals import task_changed, task_created
        from messaging import commands, receivers
        from messaging.followers import may_join

        register_kind("conversation", may_join)
        register_command("message.post", commands.post, batch=True)
        register_command("read.mark", commands.read)
        register_origin(receivers.ORIGIN, receivers.origin_label)
        task_created.connect(receivers.tell_link, dispatch_uid="messaging.task_created")
        task_changed.connect(receivers.tell_link, dispatch_uid="messaging.task_changed")
        circle_joined.connect(receivers.tell_newcomers, dispatch_uid="messaging.circle_joined")
