"""Keeps tokens out of the logs: Django names the address of every request that fails."""

import logging
import re
from typing import Any, Final

TOKEN_PATH: Final = re.compile(r"(/links/|/unsubscribe/)(?!open/)[^\s/?\"']+")


class WithoutTokens(logging.Filter):
    """Replaces the token in the address of a mail's link; whoever has it could press the button."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        scrubbed = TOKEN_PATH.sub(r"\1…", message)
        if scrubbed != message:
            record.msg, record.args = scrubbed, None
        return True


def logging_settings(*, root: str, ours: str) -> dict[str, Any]:
    """Django's LOGGING: one line an event on standard error, at the levels given, without the tokens of links."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "filters": {"without_tokens": {"()": "campaign_site.log_scrubbing.WithoutTokens"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_tokens"]},
        },
        "root": {"handlers": ["console"], "level": root},
        "loggers": {"parasol": {"level": ours, "handlers": ["console"], "propagate": False}},
    }
