"""What may not stand in a log."""

import logging
import re

_SECRET = re.compile(r"(/m/stop/|/m/|/password/reset/key/|/confirm-email/)[^\s/?\"']+")


class MaskSecrets(logging.Filter):
    """Takes the secret out of the addresses of links in mails before a line is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line, keep the record."""
        message = record.getMessage()
        if _SECRET.search(message):
            record.msg, record.args = _SECRET.sub(r"\1***", message), ()
        return True
