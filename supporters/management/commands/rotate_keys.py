"""`manage.py rotate_keys`: a new key for personal data, and everything stored locked with it."""

import time
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from supporters.crypto.keyring import Keyring, current_keyring, replace_keyring
from supporters.crypto.rotation import BadCell, count_old, encrypted_fields, relock_column

SHOWN: Final = 20
PASSES: Final = 20
PAUSE_S: Final = 0.2
SPEAK_EVERY_S: Final = 5.0


class Command(BaseCommand):
    help = (
        "Lock every personal value with the current key of the keyring. Works while the site runs, and can be "
        "stopped and run again. To bring in a new key: run it with --new-key FILE, restart every web server and "
        "worker so that all know the key, then run it without. Run it once more before taking an old key away."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new-key",
            type=Path,
            metavar="FILE",
            help="Add a new current key to this keyring file and stop; nothing stored is touched.",
        )

    def handle(self, *, new_key: Path | None, **_options: Any) -> None:
        if new_key is not None:
            self._add_key(new_key)
            return
        bad: list[BadCell] = []
        left = 0
        for field in encrypted_fields():
            found, remaining = self._relock(field)
            bad += found
            left += remaining
        for cell in bad[:SHOWN]:
            self.stderr.write(str(cell))
        if len(bad) > SHOWN:
            self.stderr.write(f"and {len(bad) - SHOWN} more")
        if bad:
            raise CommandError(f"{len(bad)} values could not be opened and are as they were; all others are done.")
        if left:
            raise CommandError(f"{left} values stayed in use by others all the time. Run this again.")

    def _relock(self, field: Any) -> tuple[list[BadCell], int]:
        relocked, bad, spoke_at = 0, [], time.monotonic()
        for number in range(PASSES):
            if number:
                time.sleep(PAUSE_S)
            for progress in relock_column(field):
                if time.monotonic() - spoke_at > SPEAK_EVERY_S:
                    self.stdout.write(f"{progress.name}: {relocked + progress.relocked} so far…")
                    spoke_at = time.monotonic()
            relocked, bad = relocked + progress.relocked, progress.bad
            left = count_old(field) - len(bad)
            if left <= 0:
                break
        self.stdout.write(f"{progress.name}: {relocked} locked with {current_keyring().current!r}")
        return bad, max(0, left)

    def _add_key(self, path: Path) -> None:
        try:
            keyring = Keyring.parse(path.read_text()).with_new_key()
            replace_keyring(path, keyring)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from None
        self.stdout.write(
            f"{path} now has the key {keyring.current!r} as its current one. Keep a copy of the file apart, restart "
            "every web server and worker, then run this command again without --new-key."
        )
