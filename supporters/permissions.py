"""What an organiser may do with people's data, each thing a permission of its own.

Asked in the view, and again by the job that does it: whoever loses a permission in between gets nothing.
"""

from typing import Final

VIEW_SUPPORTERS: Final = "supporters.view_supporter"
CHANGE_SUPPORTERS: Final = "supporters.change_supporter"
EXPORT_SUPPORTERS: Final = "supporters.export_supporters"
EXPORT_SENSITIVE: Final = "supporters.export_sensitive_columns"
IMPORT_SUPPORTERS: Final = "supporters.import_supporters"
MERGE_SUPPORTERS: Final = "supporters.merge_supporters"
ERASE_SUPPORTERS: Final = "supporters.erase_supporters"
VIEW_AUDIT: Final = "supporters.view_auditentry"
VIEW_DELIVERY: Final = "supporters.view_delivery_health"
SEND_MAILINGS: Final = "supporters.send_mailings"
