"""What an organiser is told when a petition is not ready to be published."""

from home.publishing_checks import CheckedPageForm
from supporters.action_page_form import ActionPageForm


class PetitionPageForm(CheckedPageForm, ActionPageForm):
    """Looks at who answers for the data, what is agreed to, and whether its links and pictures stand up."""
