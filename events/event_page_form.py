"""What an organiser is told when an event is not ready to be published."""

from home.publishing_checks import CheckedPageForm
from supporters.action_page_form import ActionPageForm


class EventPageForm(CheckedPageForm, ActionPageForm):
    """Looks at who answers for the data, what is agreed to, and whether its links and pictures stand up."""
