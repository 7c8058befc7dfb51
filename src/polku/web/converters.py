"""What may stand in an address: codes of things and of pieces, and languages."""

from django.urls import register_converter


class CodeConverter:
    """A code such as ``SRV-12``; other words under the same address are free for other pages."""

    regex = "[A-Za-z]{1,8}-[0-9]{1,9}"

    def to_python(self, value: str) -> str:
        """Codes are written in capitals."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


class EndConverter(CodeConverter):
    """A code of what may stand at the end of a tie: ``SRV-12``, or a piece as ``OFR-3.2``."""

    regex = r"[A-Za-z]{1,8}-[0-9]{1,9}(?:\.[0-9]{1,9})?"


class LanguageConverter:
    """A language tag such as ``fi`` or ``sv-FI``; never takes a code for one."""

    regex = "[a-z]{2,3}(?:-[A-Za-z]{2,8})?"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


register_converter(CodeConverter, "code")
register_converter(EndConverter, "end")
register_converter(LanguageConverter, "lang")
