"""Adding up seats: one job, every minute, never in a request."""

from django.db import connection, transaction

from supporters.page_notices import refresh_pages

# Any number; it only has to differ from the project's other advisory locks.
COUNTING_LOCK = 7_205_120

COUNT = """
WITH fresh AS (
    SELECT page.page_ptr_id AS page_id,
        (SELECT coalesce(sum(seats), 0) FROM events_registration r WHERE r.page_id = page.page_ptr_id
            AND r.place = 'seated') AS seated,
        (SELECT count(*) FROM events_registration r WHERE r.page_id = page.page_ptr_id
            AND r.place IN ('waiting', 'offered')) AS waiting,
        (SELECT count(*) FROM events_attendancepress p WHERE p.page_id = page.page_ptr_id) AS came
    FROM events_eventpage page
)
INSERT INTO events_eventtotals AS totals (page_id, seated, waiting, came, counted_at)
SELECT page_id, seated, waiting, came, now() FROM fresh
ON CONFLICT (page_id) DO UPDATE
    SET seated = excluded.seated, waiting = excluded.waiting, came = greatest(totals.came, excluded.came),
        counted_at = excluded.counted_at
    WHERE (totals.seated, totals.waiting) IS DISTINCT FROM (excluded.seated, excluded.waiting)
        OR excluded.came > totals.came
RETURNING page_id
"""


@transaction.atomic
def count_registrations() -> int:
    """Count every event's seats afresh; how many events changed. Their copies in caches are dropped.

    Any number of workers may call this: one counts, the others return at once. Presses may be forgotten: the highest
    count stays.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [COUNTING_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(COUNT)
        changed = len(cursor.fetchall())
    if changed:
        refresh_pages()
    return changed
