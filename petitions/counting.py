"""Adding up signatures: one job, every few seconds, never in a request.

Updating a shared counter while signing is what brought Parliament's petitions site down in 2016 and
2019. A confirmation here stamps its own row; this adds the newly stamped rows to the totals.
"""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from supporters.page_notices import refresh_pages

logger = logging.getLogger("parasol.counting")

# A row is stamped a moment before it is committed. Counting stops this far in the past, so that no
# row can appear behind the line. Confirming takes milliseconds; anything slower is left to the recount.
LAG = timedelta(seconds=2)
# Any number; it only has to differ from the project's other advisory locks.
COUNTING_LOCK = 7_205_001

ENSURE_TOTALS = """
INSERT INTO petitions_petitiontotals (petition_id, counted_until)
SELECT page_ptr_id, '-infinity' FROM petitions_petitionpage
ON CONFLICT DO NOTHING
"""

ADD_NEW = """
WITH edge AS (SELECT now() - make_interval(secs => %s) AS upto),
change AS (
    SELECT t.petition_id,
        (SELECT count(*) FROM petitions_signature s WHERE s.petition_id = t.petition_id
            AND s.confirmed_at > t.counted_until AND s.confirmed_at <= edge.upto)
        - (SELECT count(*) FROM petitions_signature s WHERE s.petition_id = t.petition_id
            AND s.withdrawn_at > t.counted_until AND s.withdrawn_at <= edge.upto
            AND s.confirmed_at IS NOT NULL) AS online,
        (SELECT coalesce(sum(p.number), 0) FROM petitions_papersignatures p
            WHERE p.petition_id = t.petition_id) AS paper
    FROM petitions_petitiontotals t, edge
)
UPDATE petitions_petitiontotals t
SET confirmed = greatest(0, t.confirmed + change.online), paper = change.paper, counted_until = edge.upto
FROM change, edge
WHERE change.petition_id = t.petition_id
RETURNING change.online <> 0 OR change.paper <> (
    SELECT old.paper FROM petitions_petitiontotals old WHERE old.petition_id = t.petition_id)
"""

RECOUNT = """
WITH fresh AS (
    SELECT t.petition_id, t.confirmed AS was, (
        SELECT count(*) FROM petitions_signature s WHERE s.petition_id = t.petition_id
            AND s.confirmed_at <= t.counted_until
            AND (s.withdrawn_at IS NULL OR s.withdrawn_at > t.counted_until)) AS should_be
    FROM petitions_petitiontotals t
)
UPDATE petitions_petitiontotals t SET confirmed = fresh.should_be, recounted_at = now()
FROM fresh WHERE fresh.petition_id = t.petition_id
RETURNING t.petition_id, fresh.was, fresh.should_be
"""


@transaction.atomic
def count_new_signatures() -> int:
    """Add what was confirmed or withdrawn since the last count; how many petitions changed.

    Any number of workers may call this: one counts, the others return at once.
    """
    with connection.cursor() as cursor:
        if not _is_ours(cursor):
            return 0
        cursor.execute(ENSURE_TOTALS)
        cursor.execute(ADD_NEW, [LAG.total_seconds()])
        changed = sum(is_changed for (is_changed,) in cursor.fetchall())
    if changed:
        refresh_pages()
    return changed


@transaction.atomic
def recount_petitions() -> dict[int, tuple[int, int]]:
    """Count every signature afresh; the totals that were wrong, as {petition: (was, should be)}.

    A wrong total is put right and logged as an error: it means that counting has a fault.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTING_LOCK])
        cursor.execute(RECOUNT)
        wrong = {petition: (was, should_be) for petition, was, should_be in cursor.fetchall() if was != should_be}
    for petition, (was, should_be) in wrong.items():
        logger.error("The total of petition %d was %d and should have been %d.", petition, was, should_be)
    if wrong:
        refresh_pages()
    return wrong


def _is_ours(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [COUNTING_LOCK])
    return bool(cursor.fetchone()[0])
