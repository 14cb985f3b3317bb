from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "coordination.agenda"
    label = "agenda"

    def ready(self) -> None:
        from coordination.agenda import mails, queries, receivers
        from coordination.streams.kinds import register_kind
        from notifications.checks import register_check
        from notifications.signals import delivery_finished

        register_kind("agenda", queries.may_join_agendas)
        register_kind("agenda_neutral", queries.may_join_neutral)
        register_check(mails.BOOKED, mails.why_not_time)
        register_check(mails.MOVED, mails.why_not_time)
        register_check(mails.CANCELLED, mails.why_not_cancellation)
        delivery_finished.connect(receivers.follow_mail, dispatch_uid="agenda.delivery_finished")
