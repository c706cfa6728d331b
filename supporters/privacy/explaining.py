"""The page that says what is kept about people: its table is the list of rules itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supporters.audience import public_page
from supporters.retention import retention_rules


@require_safe
@public_page
def your_privacy(request: HttpRequest) -> HttpResponse:
    """`GET /your-privacy/`: the same for everybody, in the language of the address.

    What it promises is held against the tests by tests/rules/test_your_privacy.py.
    """
    rules = [rule for rule in retention_rules() if rule.fields]
    return render(request, "supporters/your_privacy.html", {"rules": rules})
