"""The page of one visit: what is held, and a form for each thing that can be done about it."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from supporters.models import ConsentRecord, PrivacyVisit, Purpose
from supporters.privacy.answers import controllers, current_wording, standing_answers
from supporters.privacy.forms import AgreementForm, CorrectionForm, ErasureForm
from supporters.privacy.handling import Outcome
from supporters.privacy.sections import Held, held_for
from supporters.speaking import speaking


def yours(request: HttpRequest, *, visit: PrivacyVisit, token: str, outcome: Outcome | None = None) -> HttpResponse:
    """Everything held about the address of ``visit``, in its language; changes nothing."""
    outcome = outcome or Outcome()
    with speaking(request, visit.language):
        held = held_for(visit)
        wrong = next(iter(outcome.wrong.values()), None)
        context = {
            "token": token,
            "visit": visit,
            "held": held,
            "sections": {section.key: section for section in held.sections},
            "notice": outcome.notice,
            "wrong": wrong,
            "form": wrong,
            "correction": _correction(held, outcome.wrong),
            "is_wrong": dict.fromkeys(outcome.wrong, True),
            "questions": _questions(held, outcome.wrong),
            "erasure": outcome.wrong.get("erase") or ErasureForm(),
            "controllers": controllers(held.own_record),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        return render(request, "supporters/privacy/yours.html", context, status=status)


def _correction(held: Held, wrong: dict[str, forms.Form]) -> forms.Form | None:
    own = held.own_record
    return wrong.get("correct") or (CorrectionForm(record=own) if own else None)


def _questions(held: Held, wrong: dict[str, forms.Form]) -> list[dict[str, Any]]:
    """For each purpose what stands, and the form or the button that changes it."""
    own = held.own_record
    if own is None:
        return []
    standing = standing_answers(own)
    consents = next(section for section in held.sections if section.key == "consents")
    entries = {entry.reference: entry for entry in consents.entries}
    questions = []
    for purpose in Purpose:
        answer = standing.get(purpose.value)
        is_yes = answer is not None and answer.choice == ConsentRecord.Choice.GIVEN
        text = None if is_yes else current_wording(purpose=purpose, language=held.visit.language, own=own)
        form = wrong.get(f"agree_{purpose}") or (AgreementForm(text=text) if text else None)
        questions.append(
            {
                "purpose": purpose.value,
                "label": str(purpose.label),
                "entry": entries[purpose.value],
                "is_yes": is_yes,
                "text": text,
                "form": form,
                "is_wrong": f"agree_{purpose}" in wrong,
            }
        )
    return questions
