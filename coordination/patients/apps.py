from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "coordination.patients"
    label = "patients"

    def ready(self) -> None:
        from coordination.patients.queries import may_join_circles
        from coordination.streams.kinds import register_kind

        register_kind("care_team", may_join_circles)
