"""The database itself refuses two appointments at once in one agenda, with core GiST alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TYPE uuidrange AS RANGE (subtype = uuid);
            ALTER TABLE agenda_occupation ADD CONSTRAINT occupation_no_overlap
                EXCLUDE USING gist (uuidrange(agenda_id, agenda_id, '[]') WITH &&, during WITH &&) WHERE (NOT released);
            """,
            "ALTER TABLE agenda_occupation DROP CONSTRAINT occupation_no_overlap; DROP TYPE uuidrange;",
        )
    ]
