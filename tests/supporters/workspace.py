"""Talking to the organisers' pages about people."""

from django.urls import reverse

from supporters.models import AuditEntry


def url(name, *ids):
    return reverse(f"supporters_admin:{name}", args=ids)


def text_of(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def actions_on_record():
    return list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
