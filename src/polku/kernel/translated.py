"""Text in several languages; see :mod:`polku.tenancy.translated`."""

from polku.tenancy.translated import Reading as Reading
from polku.tenancy.translated import Translated as Translated
from polku.tenancy.translated import TranslatedField as TranslatedField
from polku.tenancy.translated import text_fingerprint as text_fingerprint

__all__ = ["Reading", "Translated", "TranslatedField", "text_fingerprint"]
