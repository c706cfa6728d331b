"""Adding up letters: one job, every minute, never in a request.

What an organiser refused was no letter of ours; one that came back was written all the same.
"""

from django.db import connection, transaction

from supporters.page_notices import refresh_pages

# Any number; it only has to differ from the project's other advisory locks.
COUNTING_LOCK = 7_205_104

COUNT = """
WITH fresh AS (
    SELECT page.page_ptr_id AS page_id,
        (SELECT count(*) FROM mp_contacts_letter l WHERE l.page_id = page.page_ptr_id
            AND l.state = 'confirmed' AND l.stage <> 'refused') AS confirmed,
        (SELECT count(*) FROM mp_contacts_selfsentletter s WHERE s.page_id = page.page_ptr_id) AS self_sent
    FROM mp_contacts_letterpage page
)
INSERT INTO mp_contacts_lettertotals AS totals (page_id, confirmed, self_sent, counted_at)
SELECT page_id, confirmed, self_sent, now() FROM fresh
ON CONFLICT (page_id) DO UPDATE
    SET confirmed = excluded.confirmed, self_sent = excluded.self_sent, counted_at = excluded.counted_at
    WHERE (totals.confirmed, totals.self_sent) IS DISTINCT FROM (excluded.confirmed, excluded.self_sent)
RETURNING page_id
"""


@transaction.atomic
def count_letters() -> int:
    """Count every page's letters afresh; how many pages changed. Their copies in caches are dropped.

    Any number of workers may call this: one counts, the others return at once.
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
