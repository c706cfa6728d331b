"""Panels of ours in the editor."""

from typing import Any

from wagtail.admin.panels import Panel

from home.cards import ActionPage
from home.page_content import paragraphs_of
from home.reading_age import reading_of


class ReadingPanel(Panel):
    """How old readers have to be, and the three sentences to cut first; for what was last saved, in English."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": "How it reads", "icon": "glasses", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/reading_panel.html"

        def is_shown(self) -> bool:
            is_english = self.instance.locale.language_code.startswith("en") if self.instance.locale_id else False
            return super().is_shown() and is_english

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "reading": reading_of(paragraphs_of(self.instance))}


class ReviewPanel(Panel):
    """Asks whoever edits a rights sheet to read it through, once that was last done more than a year ago."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": "To be reviewed", "icon": "warning", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/review_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.is_review_due


class ActionsPanel(Panel):
    """What people can do in a campaign: pages of their own below it, which nobody would look for in a menu."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": "What people can do", "icon": "tick-inverse", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/actions_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            below = self.instance.get_children().specific() if self.instance.pk else ()
            actions = [page for page in below if isinstance(page, ActionPage)]
            may_add = bool(self.instance.pk) and self.instance.permissions_for_user(self.request.user).can_add_subpage()
            return {**context, "campaign": self.instance, "actions": actions, "may_add": may_add}
