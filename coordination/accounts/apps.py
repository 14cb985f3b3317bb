from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "coordination.accounts"
    label = "accounts"

    def ready(self) -> None:
        from coordination.accounts.queries import may_join_inbox
        from coordination.streams.kinds import register_kind

        register_kind("person", may_join_inbox)
