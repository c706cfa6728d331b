from supporters.models.action_pages import ActionPage, PrivacyMode
from supporters.models.actions import Action, ActionState
from supporters.models.audit import AuditEntry
from supporters.models.consent import ConsentRecord, ConsentText
from supporters.models.limits import LimitBucket, LimitKey
from supporters.models.links import Link
from supporters.models.mail import Message, MessageState
from supporters.models.people import Supporter, Suppression
from supporters.models.workers import WorkerHeartbeat

__all__ = [
    "Action",
    "ActionPage",
    "ActionState",
    "AuditEntry",
    "ConsentRecord",
    "ConsentText",
    "LimitBucket",
    "LimitKey",
    "Link",
    "Message",
    "MessageState",
    "PrivacyMode",
    "Supporter",
    "Suppression",
    "WorkerHeartbeat",
]
