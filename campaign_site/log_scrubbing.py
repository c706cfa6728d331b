"""Keeps tokens out of the logs: Django names the address of every request that fails."""

import logging
import re
from typing import Final

TOKEN_PATH: Final = re.compile(r"(/links/|/unsubscribe/)(?!open/)[^\s/?\"']+")


class WithoutTokens(logging.Filter):
    """Replaces the token in the address of a mail's link; whoever has it could press the button."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        scrubbed = TOKEN_PATH.sub(r"\1…", message)
        if scrubbed != message:
            record.msg, record.args = scrubbed, None
        return True
