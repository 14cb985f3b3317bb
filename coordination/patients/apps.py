from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "coordination.patients"
    label = "patients"

    def ready(self) -> None:
        from coordination.audit.behalf import register_way
        from coordination.patients.behalf import whose_circle
        from coordination.patients.queries import may_join_circles
        from coordination.patients.receivers import record_mail
        from coordination.streams.kinds import register_kind
        from notifications.signals import delivery_finished

        register_kind("care_team", may_join_circles)
        register_way(whose_circle)
        delivery_finished.connect(record_mail, dispatch_uid="patients.delivery_finished")
