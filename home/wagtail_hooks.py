"""What this app registers with the organisers' workspace."""

from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.contrib.settings.registry import register_setting

from home.models import LeavingQuickly, SiteLook
from home.organisers import OwnNameForm

register_setting(SiteLook, icon="site")
register_setting(LeavingQuickly, icon="logout")

# Wagtail's account page has no hook for its first panel; its form is an attribute of the class.
NameEmailSettingsPanel.form_class = OwnNameForm
