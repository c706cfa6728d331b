"""Files to bring in, and people who are there already."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils import timezone

from home.models import User
from supporters.identity import email_key
from supporters.imports.jobs import run_apply, run_check, run_undo
from supporters.models import ConsentRecord, ConsentText, CurrentConsent, ImportJob, Supporter, Suppression
from supporters.services.importing import apply_import, begin_import, check_import, undo_import
from supporters.services.people import remember_supporter, write_details
from tests.petitions.organisers import colleague

Rows = Sequence[Sequence[str]]


def csv_bytes(rows: Rows, *, encoding: str = "utf-8", separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(rows: Rows) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return file.getvalue()


def importer() -> User:
    return User.objects.filter(email="importer@example.org").first() or colleague(
        "import_supporters", email="importer@example.org"
    )


def begun(rows: Rows | bytes) -> ImportJob:
    upload = rows if isinstance(rows, bytes) else csv_bytes(rows)
    return begin_import(actor=importer(), upload=[upload], purpose="Sign-up sheets of May")


def checked(
    rows: Rows | bytes, *, text: ConsentText | None = None, update: Iterable[str] = (), mapping: Any = None
) -> ImportJob:
    job = begun(rows)
    chosen = mapping or {
        number: {**column, "update": column["part"] in update} for number, column in job.mapping.items()
    }
    check_import(job=job, actor=importer(), mapping=chosen, consent_text=text)
    run_check(job.pk)
    job.refresh_from_db()
    return job


def applied(rows: Rows | bytes, **options: Any) -> ImportJob:
    job = checked(rows, **options)
    assert job.problem == ""
    apply_import(job=job, actor=importer())
    run_apply(job.pk)
    job.refresh_from_db()
    assert job.problem == ""
    return job


def undone(job: ImportJob) -> ImportJob:
    undo_import(job=job, actor=importer())
    run_undo(job.pk)
    job.refresh_from_db()
    assert job.problem == ""
    return job


def known(address: str = "ana@example.org", **details: str) -> Supporter:
    """Somebody who confirmed an action of theirs."""
    phone = details.pop("phone", "")
    supporter = remember_supporter(address=address, **details)
    if phone:
        write_details(supporter, phone=phone)
        supporter.save()
    return Supporter.objects.get(pk=supporter.pk)


def answered(supporter: Supporter, text: ConsentText, choice: str, *, at: datetime | None = None) -> None:
    ConsentRecord.objects.create(
        supporter=supporter, text=text, choice=choice, method="web form", asked_at=at or timezone.now()
    )


def found(address: str) -> Supporter:
    return Supporter.objects.get(email_key=email_key(address))


def standing(address: str) -> dict[str, str]:
    return dict(CurrentConsent.objects.filter(supporter=found(address)).values_list("purpose", "choice"))


def reason(address: str) -> str:
    return Suppression.objects.filter(email_key=email_key(address)).values_list("reason", flat=True).first() or ""


PERSON_COLUMNS = [
    *("id", "email_key", "mailbox_key", "name_key", "phone_key", "postcode_key", "name", "email", "phone", "postcode"),
    *("country", "constituency_code", "language", "source", "merged_into_id", "created_at", "updated_at"),
    *("last_act_at", "last_contacted_at"),
]


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All that stands on anybody's record, opened: locking a value again gives other bytes."""
    people = [
        tuple(bytes(v) if isinstance(v := getattr(person, name), memoryview) else v for name in PERSON_COLUMNS)
        for person in Supporter.objects.order_by("pk")
    ]
    return {
        "people": people,
        "consents": list(ConsentRecord.objects.order_by("pk").values_list()),
        "standing": list(CurrentConsent.objects.order_by("pk").values_list()),
        "suppressed": [
            (pk, bytes(key), why, at) for pk, key, why, at in Suppression.objects.order_by("pk").values_list()
        ],
    }


def messages(job):
    return list(job.problems.values_list("row_number", "column", "message"))
