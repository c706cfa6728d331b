"""The reference for signing: pgbench, writing the rows of a signature with nothing around it."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bench.site import RigError
from campaign_site.postgres_server import postgres_program

CLIENTS: Final = 8
THREADS: Final = 2
# What marks the rows of the reference, so that they can be told apart and taken away.
KIND: Final = "bench_reference"

# One durable transaction of five statements, as a careful program without batching would send them.
# The limit of the whole page is left out: one hot row in every transaction would only slow this down.
TRANSACTION: Final = r"""
\set n random(1, 4611686018427387904)
BEGIN;
INSERT INTO supporters_limitbucket (key, full_until, granted)
VALUES (sha256(int8send(:n)), now() + interval '2 seconds', 1)
ON CONFLICT (key) DO UPDATE
SET full_until = greatest(supporters_limitbucket.full_until, now()) + interval '2 seconds', granted = 1;
INSERT INTO petitions_signature (
    id, petition_id, person_key, household_slot, name, email, postcode, comment_state, country, shown_as,
    wants_updates, consent_text_id, language, source
) VALUES (
    gen_random_uuid(), {petition}, sha256(int8send(:n)), 1, '{name}', '{email}', '{postcode}', 'none', 'GB',
    'first_name', true, {consent_text}, 'en', '{kind}'
) ON CONFLICT (petition_id, person_key) DO NOTHING;
INSERT INTO supporters_message (id, kind, subject_id, recipient, mailbox_key, is_capped, next_attempt_at)
VALUES (
    gen_random_uuid(), '{kind}', gen_random_uuid(), '{recipient}', sha256(int8send(:n)), true, 'infinity'
);
COMMIT;
"""


def write_script(path: Path, *, petition: int, consent_text: int, sizes: Mapping[str, int]) -> Path:
    """The transaction with values as long as those a real signature has; ``sizes`` in bytes by column."""
    values = {column: rf"\x{'5a' * size}" for column, size in sizes.items()}
    path.write_text(TRANSACTION.format(petition=petition, consent_text=consent_text, kind=KIND, **values))
    return path


def transactions_per_second(script: str, *, url: str, seconds: float, clients: int = CLIENTS) -> float:
    """Run ``script`` for whole ``seconds``; RigError when even one transaction failed."""
    threads = min(THREADS, clients)
    command = [str(postgres_program("pgbench")), "-n", "-M", "prepared", "-c", str(clients), "-j", str(threads)]
    command += ["-T", str(max(1, round(seconds))), "-f", script, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": os.defpath})
    found = re.search(r"^tps = ([0-9.]+) ", done.stdout, re.MULTILINE)
    failed = re.search(r"^number of failed transactions: ([0-9]+) ", done.stdout, re.MULTILINE)
    if done.returncode or found is None or (failed and failed[1] != "0"):
        raise RigError(f"pgbench failed:\n{done.stdout}\n{done.stderr}")
    return float(found[1])
