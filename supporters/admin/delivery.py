"""Whether mail arrives: numbers, limits, and what the sender's domain says about itself."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from supporters.admin.access import WorkspacePage, menu_item_for
from supporters.delivery_health import BOUNCES_CARE, BOUNCES_LIMIT, COMPLAINTS_CARE, COMPLAINTS_LIMIT, delivery_health
from supporters.permissions import VIEW_DELIVERY
from supporters.sending_domain import check_sending_domain, last_check, sending_domain

NAMESPACE: Final = "delivery"
WORKER_IS_AWAY_AFTER: Final = timedelta(minutes=1)


class DeliveryView(WorkspacePage):
    """GET shows; POST asks the DNS, and nothing else ever does."""

    permission = VIEW_DELIVERY
    template_name = "supporters/admin/delivery.html"
    page_title = "Delivery"
    header_icon = "tick-inverse"

    def get(self, request: HttpRequest) -> HttpResponse:
        health = delivery_health()
        is_away = health.worker_at is None or timezone.now() - health.worker_at > WORKER_IS_AWAY_AFTER
        context = self.get_context_data(
            health=health,
            worker_is_away=is_away,
            limits={
                "complaints_care": f"{COMPLAINTS_CARE:.1%}",
                "complaints_limit": f"{COMPLAINTS_LIMIT:.1%}",
                "bounces_care": f"{BOUNCES_CARE:.0%}",
                "bounces_limit": f"{BOUNCES_LIMIT:.0%}",
            },
            takes_reports=bool(settings.MAIL_WEBHOOK_VIEW),
            domain=sending_domain(),
            check=last_check(),
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest) -> HttpResponse:
        check_sending_domain()
        messages.success(request, "Checked just now.")
        return HttpResponseRedirect(reverse(f"{NAMESPACE}:index"))


class DeliveryViewSet(ViewSet):
    """How mail is delivered, for those who look after it."""

    name = NAMESPACE
    url_prefix = "delivery"
    icon = "tick-inverse"
    menu_label = "Delivery"
    menu_item_class = menu_item_for(VIEW_DELIVERY)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", DeliveryView.as_view(), name="index")]
