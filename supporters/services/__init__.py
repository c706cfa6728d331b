"""What happens to people's records. Every app needs what is named here; the rest is imported from its own module."""

from supporters.services.consent import change_consent, publish_consent_text, record_consent
from supporters.services.people import remember_supporter, write_details

__all__ = ["change_consent", "publish_consent_text", "record_consent", "remember_supporter", "write_details"]
