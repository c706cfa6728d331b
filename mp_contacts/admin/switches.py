"""What is switched for every letter of the site goes on record, and shows at once."""

from django.db.models import Model
from django.http import HttpRequest

from mp_contacts.models import LetterSettings
from supporters.admin.access import organiser
from supporters.audit import record_audit
from supporters.page_notices import purge_pages


def note_changed_settings(request: HttpRequest, setting: Model) -> None:
    """Wagtail's hook after a setting was saved: how the switches stand now, and by whom."""
    if not isinstance(setting, LetterSettings):
        return
    dissolved = "Parliament is dissolved" if setting.is_dissolved else "Parliament sits"
    asks = "postcodes.io is asked" if setting.asks_postcodes_io else "postcodes.io is not asked"
    purge_pages()
    record_audit(actor=organiser(request), action="change_letter_settings", subject=f"{dissolved}; {asks}")
