"""No box that asks for consent can reach anybody already ticked: a yes has to be the person's own act."""

import re
from pathlib import Path

import pytest
from django import forms

from petitions.forms import SignatureForm
from supporters.consent_boxes import AskedConsent
from supporters.models import ActionPage, ConsentText, Purpose

ROOT = Path(__file__).resolve().parent.parent.parent
BOXES = [AskedConsent(purpose=purpose, text_id=number, wording="Yes.") for number, purpose in enumerate(Purpose.values)]


def form(**options):
    return SignatureForm(consent_wording="Yes.", consent_text_id=7, further_consents=BOXES, **options)


def boxes(of):
    return {name: field for name, field in of.fields.items() if isinstance(field, forms.BooleanField)}


def test_every_purpose_has_a_box_and_none_is_ticked_or_required():
    found = boxes(form())

    assert len(found) == 1 + len(BOXES)
    for name, field in found.items():
        assert (field.required, field.initial) == (False, None), name
        assert "checked" not in str(form()[name])


@pytest.mark.parametrize("asked", [{}, {"initial": None}])
def test_nothing_in_the_form_ticks_a_box_unless_it_was_sent(asked):
    assert "checked" not in form(**asked).as_p()


def test_forms_of_the_public_never_begin_with_a_ticked_box():
    """`initial=True`, or `checked` in a template, anywhere the public comes."""
    apps = ("petitions", "supporters", "mp_contacts", "events")
    sources = [path for app in apps for path in (ROOT / app).glob("*.py")]
    ticked = [path.name for path in sources if re.search(r"initial\s*=\s*True", path.read_text())]
    templates = [path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts]
    checked = [path.name for path in templates if re.search(r"<input[^>]*\schecked\b", path.read_text())]

    assert (ticked, checked) == ([], [])


def test_no_page_or_wording_has_a_setting_that_could_tick_a_box():
    """Beside what a page shows there is nothing to say how a box begins."""
    fields = [
        field.name
        for model in (ConsentText, *ActionPage.__subclasses__())
        for field in model._meta.get_fields()
        if re.search(r"tick|checked|default_on|opt_out|preselect", field.name)
    ]

    assert fields == []
