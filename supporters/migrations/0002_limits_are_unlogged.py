"""Keep rate limits out of the write-ahead log, and so out of replicas and continuous backups.

Losing them in a crash of the database costs nothing: every bucket starts empty. The buckets of a busy
hour are updated thousands of times in place, so they are vacuumed early, and leave room on each page.
"""

from typing import ClassVar

from django.db import migrations

TABLES = ("supporters_limitbucket", "supporters_limitkey")
BUSY = "fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0.02"
BACK = "fillfactor, autovacuum_vacuum_threshold, autovacuum_vacuum_scale_factor"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("supporters", "0001_initial")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        *(
            migrations.RunSQL(f"ALTER TABLE {table} SET UNLOGGED", f"ALTER TABLE {table} SET LOGGED")
            for table in TABLES
        ),
        migrations.RunSQL(
            f"ALTER TABLE supporters_limitbucket SET ({BUSY})", f"ALTER TABLE supporters_limitbucket RESET ({BACK})"
        ),
    ]
