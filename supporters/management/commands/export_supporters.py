"""`manage.py export_supporters`: the exports of the workspace, from the shell."""

import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supporters.audit import LONGEST_PURPOSE, record_audit
from supporters.crypto.envelope import TamperedValue
from supporters.crypto.keyring import MissingKey
from supporters.exports.choosing import Choice
from supporters.exports.formats.age import WrongRecipient, check_recipient
from supporters.exports.order import MACHINE, Order
from supporters.exports.presets import Preset, preset_named, presets
from supporters.exports.reading import Reader
from supporters.exports.snapshot import snapshot
from supporters.management.bar import Bar
from supporters.models import Segment
from supporters.segments import WrongCriteria


class Command(BaseCommand):
    help = (
        "Write supporters into files that other systems take, to standard output or to a file that only its owner can "
        "read. Several files come as one ZIP. What for, and how many people, is written to the audit trail first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--preset", required=True, choices=[preset.name for preset in presets()])
        parser.add_argument("--format", required=True, choices=["csv", "xlsx", "jsonl"], dest="file_format")
        parser.add_argument("--purpose", required=True, help="What the file is for. Kept in the audit trail.")
        parser.add_argument("--segment", metavar="NAME", help="Only the people of this segment; else everybody.")
        parser.add_argument("--output", type=Path, metavar="FILE", help="Else standard output.")
        parser.add_argument("--machine", action="store_true", help="Exact bytes, not safe to open in a spreadsheet.")
        parser.add_argument("--sensitive", action="store_true", help="With phone numbers and postcodes.")
        parser.add_argument(
            "--never-asked", action="store_true", help="Also people who were never asked whether they agree."
        )
        parser.add_argument("--age", default="", metavar="RECIPIENT", help="Encrypt to this age public key (age1…).")

    def handle(self, *, purpose: str, output: Path | None, **options: Any) -> None:
        purpose = purpose.strip()
        if not purpose or len(purpose) > LONGEST_PURPOSE:
            raise CommandError(f"Say what the export is for, in {LONGEST_PURPOSE} characters at most.")
        if output is not None and (not output.name or output.is_dir()):
            raise CommandError(f"{output}: that is a folder. Name a file in it.")
        order, whom = _order(**options)
        try:
            with snapshot() as held:
                reader = Reader(held, order.choice)
                bar = Bar("Writing", order.total(reader))
                record_audit(
                    actor=None,
                    action="export_from_shell",
                    subject=f"{order.preset.name} as {order.file_format}; {whom}",
                    count=reader.count("people"),
                    purpose=purpose,
                )
                _send(order.pieces(reader, bar.add), output)
        except BrokenPipeError:
            # Python would complain once more when it closes standard output at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise CommandError("Whoever read the output went away before its end.") from None
        except (MissingKey, TamperedValue, WrongCriteria) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{output or 'Standard output'}: {error.strerror}.") from None
        self.stderr.write(f"Done: {bar.done:,} rows.", self.style.SUCCESS)


def _order(
    *,
    preset: str,
    file_format: str,
    segment: str | None,
    machine: bool,
    sensitive: bool,
    never_asked: bool,
    age: str,
    **_options: Any,
) -> tuple[Order, str]:
    """What is asked for, and of whom in words for the audit trail."""
    chosen: Preset = preset_named(preset)
    if file_format not in chosen.formats:
        raise CommandError(f"{chosen.label} takes {' or '.join(chosen.formats)}.")
    if age:
        try:
            check_recipient(age)
        except WrongRecipient as error:
            raise CommandError(str(error)) from None
    found = Segment.objects.filter(name=segment).first() if segment else None
    if segment and not found:
        raise CommandError(f"There is no segment named {segment!r}.")
    order = Order(
        preset=chosen,
        file_format=file_format,
        choice=Choice(found.criteria if found else {}, with_never_asked=never_asked or not chosen.needs_consent),
        cell_mode=MACHINE if machine else chosen.cell_mode,
        with_sensitive=sensitive,
        age_recipient=age,
    )
    extras = "with phone and postcode; " if sensitive else ""
    return order, extras + (found.name if found else "everybody")


def _send(pieces: Iterable[bytes], output: Path | None) -> None:
    with _owner_only(output) if output else _standard_output() as file:
        for piece in pieces:
            file.write(piece)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _owner_only(path: Path) -> Iterator[BinaryIO]:
    """A new file beside ``path`` that takes its place once it is whole; nobody but its owner can ever read it."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
