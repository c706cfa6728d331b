"""`manage.py import_supporters`: bring people in from a file, after a look at what it would change."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supporters.audit import LONGEST_PURPOSE
from supporters.imports.errors import UnreadableFile
from supporters.imports.headings import Mapping, Part
from supporters.imports.jobs import run_apply, run_check
from supporters.management.bar import Bar
from supporters.models import ConsentText, ImportJob, ImportState
from supporters.services.importing import apply_import, begin_import, check_import, discard_import

PIECE: Final = 1024 * 1024
SHOWN_PROBLEMS: Final = 10


class Command(BaseCommand):
    help = (
        "Bring supporters in from a CSV or XLSX file, or from the ZIP of our own complete export. Columns are told by "
        "their headings. Shows what would change and asks before anything is. The workspace can undo it for 30 days."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--purpose", default="", metavar="TEXT", help="Where the list comes from. Kept in the audit trail."
        )
        parser.add_argument(
            "--consent-text",
            type=int,
            metavar="ID",
            help="The exact words these people agreed to. Without them a yes in the file is not taken over.",
        )
        parser.add_argument(
            "--update",
            action="append",
            default=[],
            choices=["name", "phone", "postcode", "country", "language"],
            help="Overwrite what people told us in this column. Otherwise only blanks are filled. Can be repeated.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Only show what would change.")
        parser.add_argument("--yes", action="store_true", help="Do not ask.")

    def handle(self, *, file: Path, **options: Any) -> None:
        text = self._consent_text(options["consent_text"])
        # Not the name of the file: the audit trail never forgets, and lists are named after people too.
        purpose = options["purpose"].strip() or "Brought in at the shell"
        try:
            job = begin_import(actor=None, upload=_pieces(file), purpose=purpose[:LONGEST_PURPOSE])
        except UnreadableFile as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        try:
            self._carry_out(job, text, options)
        except BaseException:
            self._let_go(job)
            raise

    def _carry_out(self, job: ImportJob, text: ConsentText | None, options: dict[str, Any]) -> None:
        mapping = _mapping(job, options["update"])
        self._say_columns(job, mapping)
        try:
            check_import(job=job, actor=None, mapping=mapping, consent_text=text, in_background=False)
        except ValueError as error:
            raise CommandError(str(error)) from None
        run_check(job.pk, by_shell=True, progress=Bar("Checking", None).show)
        job = _result(job, ImportState.CHECKED)
        self._say_counts(job)
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
            self._let_go(job)
            return
        if not options["yes"] and not _agreed():
            raise CommandError("Nothing was changed.")
        apply_import(job=job, actor=None, in_background=False)
        run_apply(job.pk, by_shell=True, progress=Bar("Writing", job.rows_total).show)
        job = _result(job, ImportState.APPLIED)
        self.stdout.write(f"Done: {job.counts.get('new', 0):,} new, {job.counts.get('changed', 0):,} changed.")

    def _consent_text(self, pk: int | None) -> ConsentText | None:
        if pk is None:
            return None
        text = ConsentText.objects.filter(pk=pk).first()
        if text is None:
            raise CommandError(f"There is no consent text with the id {pk}.")
        return text

    def _say_columns(self, job: ImportJob, mapping: Mapping) -> None:
        for number, heading in enumerate(job.headings):
            column = mapping.get(str(number))
            what = Part(column["part"]).label if column else "left out"
            self.stdout.write(f"  {heading or '(no heading)'}: {what}")

    def _say_counts(self, job: ImportJob) -> None:
        counts = job.counts
        self.stdout.write(
            f"{counts.get('new', 0):,} new, {counts.get('changed', 0):,} changed, "
            f"{counts.get('unchanged', 0):,} unchanged, {counts.get('refused', 0):,} refused."
        )
        if counts.get("yes_without_words"):
            self.stdout.write(f"{counts['yes_without_words']:,} said yes, but to which words? See --consent-text.")
        for problem in job.problems.all()[:SHOWN_PROBLEMS]:
            where = f", {problem.column}" if problem.column else ""
            self.stdout.write(f"  Row {problem.row_number}{where}: {problem.message}")
        more = counts.get("problems", 0) - SHOWN_PROBLEMS
        if more > 0:
            self.stdout.write(f"  and {more:,} more")

    def _let_go(self, job: ImportJob) -> None:
        """Leave no file behind that nobody will confirm."""
        current = ImportJob.objects.get(pk=job.pk)
        if current.state in {ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED}:
            discard_import(job=current, actor=None)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _mapping(job: ImportJob, update: list[str]) -> Mapping:
    """The columns as they were recognised, those of ``update`` to overwrite."""
    names = {*update, *(("first_name", "last_name") if "name" in update else ())}
    mapping: Mapping = job.mapping
    for column in mapping.values():
        column["update"] = column["part"] in names
    return mapping


def _result(job: ImportJob, wanted: ImportState) -> ImportJob:
    job.refresh_from_db()
    if job.state != wanted:
        raise CommandError(job.problem or f"This import was ended elsewhere: {job.get_state_display()}.")
    return job


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise CommandError("Nothing was changed. Add --yes to go ahead without being asked.")
    return input("Go ahead? Type yes: ").strip().lower() in {"yes", "y"}
