from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"
    label = "messaging"

    def ready(self) -> None:
        from coordination.accounts.signals import team_changed, team_created
        from coordination.patients.signals import circle_joined, consent_withdrawn, opposition_recorded
        from coordination.streams.commands import register_command
        from coordination.streams.kinds import register_kind
        from coordination.tasks.origins import register_origin
        from coordination.tasks.signals import task_changed, task_created
        from messaging import commands, participants, receivers
        from messaging.followers import may_join

        register_kind("conversation", may_join)
        register_command("message.post", commands.post, batch=True)
        register_command("read.mark", commands.read)
        register_origin(receivers.ORIGIN, receivers.origin_label, receivers.origin_circle)
        task_created.connect(receivers.tell_link, dispatch_uid="messaging.task_created")
        task_changed.connect(receivers.tell_link, dispatch_uid="messaging.task_changed")
        team_created.connect(receivers.open_its_conversation, dispatch_uid="messaging.team_created")
        team_changed.connect(receivers.tell_joined, dispatch_uid="messaging.team_changed")
        circle_joined.connect(receivers.tell_newcomers, dispatch_uid="messaging.circle_joined")
        consent_withdrawn.connect(participants.end_on_consent, dispatch_uid="messaging.consent_withdrawn")
        opposition_recorded.connect(participants.close_to_opposed, dispatch_uid="messaging.opposition_recorded")
