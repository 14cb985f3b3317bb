"""The `liaison` command: `liaison up`, and every Django command behind it."""

import os
import sys


def main() -> None:
    """Run a command of Liaison."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.project.settings")
    if sys.argv[1:2] == ["up"]:
        from coordination.project.up.supervisor import run

        sys.exit(run(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
