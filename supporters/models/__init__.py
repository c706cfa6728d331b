from supporters.models.action_pages import ActionPage, PrivacyMode
from supporters.models.actions import Action, ActionState
from supporters.models.audit import AuditEntry
from supporters.models.consent import ConsentRecord, ConsentText, CurrentConsent, Purpose
from supporters.models.limits import LimitBucket, LimitKey
from supporters.models.links import Link
from supporters.models.mail import Delivery, DeliveryEvent, DomainCheck, Message, MessageState, SoftBounce
from supporters.models.mailings import Mailing, MailingRecipient, MailingState
from supporters.models.merging import DuplicateSuggestion, Merge, PairDecision, PairVerdict
from supporters.models.people import Supporter, Suppression
from supporters.models.privacy import PrivacyVisit
from supporters.models.segments import Segment
from supporters.models.transfers import ExportJob, ExportState, ImportChange, ImportJob, ImportProblem, ImportState
from supporters.models.workers import PurgeRun, WorkerHeartbeat

__all__ = [
    "Action",
    "ActionPage",
    "ActionState",
    "AuditEntry",
    "ConsentRecord",
    "ConsentText",
    "CurrentConsent",
    "Delivery",
    "DeliveryEvent",
    "DomainCheck",
    "DuplicateSuggestion",
    "ExportJob",
    "ExportState",
    "ImportChange",
    "ImportJob",
    "ImportProblem",
    "ImportState",
    "LimitBucket",
    "LimitKey",
    "Link",
    "Mailing",
    "MailingRecipient",
    "MailingState",
    "Merge",
    "Message",
    "MessageState",
    "PairDecision",
    "PairVerdict",
    "PrivacyMode",
    "PrivacyVisit",
    "PurgeRun",
    "Purpose",
    "Segment",
    "SoftBounce",
    "Supporter",
    "Suppression",
    "WorkerHeartbeat",
]
