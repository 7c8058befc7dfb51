"""Addresses before the frame."""

from django.urls import path, register_converter

from polku.web.desk import addresses as _addresses  # noqa: F401  (the converter of codes)
from polku.web.public import door, first_run, language, offers, starts


class LanguageConverter:
    """A language tag such as ``fi`` or ``sv-FI``; never takes a code for one."""

    regex = "[a-z]{2,3}(?:-[A-Za-z]{2,8})?"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


register_converter(LanguageConverter, "lang")

urlpatterns = [
    path("", door.door, name="door"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("language/", language.set_language, name="set_language"),
    path("w/<slug:workspace>/start/", starts.start, name="start"),
    path("o/<slug:place>/", offers.offering_range, name="offering_range"),
    path("o/<slug:place>/<lang:lang>/", offers.offering_range, name="offering_range"),
    path("o/<slug:place>/<code:code>/", offers.offering_open, name="offering_open"),
    path("o/<slug:place>/<code:code>/<lang:lang>/", offers.offering_open, name="offering_open"),
]
