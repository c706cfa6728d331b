"""What a new editor does first, on the dashboard until the first campaign is live with something to do."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy

from home.cards import ActionPage
from home.models import CampaignPage, HomePage, SiteLook, User


@dataclass(frozen=True)
class Step:
    """One thing to do: ``url`` is where, empty where it cannot be done yet or not by this colleague."""

    words: str
    why: str
    is_done: bool
    url: str


class FirstStepsPanel(Component):
    """From an empty site to a live campaign, a step at a time."""

    name = "first_steps"
    order = 50
    template_name = "home/admin/first_steps.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.steps = _steps(request) if _is_shown_to(request.user) else []

    def is_shown(self) -> bool:
        """To those who write pages, as long as anything is to do that is theirs to do."""
        return any(not step.is_done for step in self.steps)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"steps": self.steps, "next_step": next((step for step in self.steps if not step.is_done), None)}


def _is_shown_to(user: Any) -> bool:
    return isinstance(user, User) and page_permission_policy.user_has_permission(user, "add")


def _steps(request: HttpRequest) -> list[Step]:
    home = HomePage.objects.order_by("path").first()
    campaign = CampaignPage.objects.order_by("-pk").first()
    children: list[Any] = list(campaign.get_children().specific()) if campaign else []
    actions: list[Page] = [page for page in children if isinstance(page, ActionPage)]
    open_actions = [page for page in actions if page.live]
    waiting = next((page for page in actions if not page.live), None)
    steps = [
        Step(
            "Write the home page",
            "Your name, and one sentence that could be painted on a banner.",
            bool(home and home.live),
            _edit(home) if home else _add(HomePage, Page.objects.get(depth=1)),
        ),
        Step(
            "Make a campaign",
            "One demand, why it is right, and who says so.",
            campaign is not None,
            _edit(campaign) if campaign else _add(CampaignPage, home) if home else "",
        ),
        Step(
            "Give it something to do",
            "A petition, a letter to MPs or an event. Each is a page of its own below the campaign.",
            bool(actions),
            reverse("wagtailadmin_pages:add_subpage", args=[campaign.pk]) if campaign else "",
        ),
        Step(
            "Publish both",
            "First the campaign, then what is below it. If you may not publish, submit it: a moderator does.",
            bool(campaign and campaign.live and open_actions),
            _edit(waiting) if waiting and campaign and campaign.live else _edit(campaign) if actions else "",
        ),
    ]
    return [*steps[:1], *_looks(request), *steps[1:]]


def _looks(request: HttpRequest) -> list[Step]:
    """For those who may set it: what the foot of every page says."""
    site = Site.find_for_request(request)
    if site is None or not request.user.has_perm("home.change_sitelook"):
        return []
    look = SiteLook.for_site(site)
    return [
        Step(
            "Say who publishes this",
            "A mailbox to write to, who is responsible, and your colours and logo if you have some.",
            bool(look.contact_email),
            reverse("wagtailsettings:edit", args=["home", "sitelook", site.pk]),
        )
    ]


def _add(model: type[Page], parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["home", model._meta.model_name, parent.pk])


def _edit(page: Page | None) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""
