"""What happens to people's records: remembering a person, recording what they agreed to."""

from supporters.services.consent import change_consent, publish_consent_text, record_consent
from supporters.services.people import remember_supporter, write_details

__all__ = ["change_consent", "publish_consent_text", "record_consent", "remember_supporter", "write_details"]
