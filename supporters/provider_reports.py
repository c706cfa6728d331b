"""Where a mail provider sends its reports. The address names neither the provider nor what this site is."""

from http import HTTPStatus

from anymail.signals import tracking
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.module_loading import import_string

from supporters.audience import personal_page
from supporters.same_origin import cross_site_post


@personal_page
@cross_site_post
def take_reports(request: HttpRequest) -> HttpResponseBase:
    """`POST /mail/reports/`: the reports of the one provider that is configured, once it has shown who it is.

    An answer other than 200 has the provider send the report again. HEAD answers, because some
    providers knock before they accept an address.
    """
    if not settings.MAIL_WEBHOOK_VIEW:
        raise Http404("No mail provider is asked for reports.")
    if request.method == "HEAD":
        return HttpResponse()
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST", "HEAD"])
    view: AnymailBaseWebhookView = import_string(settings.MAIL_WEBHOOK_VIEW)()
    try:
        view.run_validators(request)
        events = view.parse_events(request)
    # django-anymail reads what it is sent before all of it is known to be well formed.
    except Exception:  # noqa: BLE001
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    for event in events:
        tracking.send(sender=type(view), event=event, esp_name=view.esp_name)
    return HttpResponse()
