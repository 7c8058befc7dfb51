"""The WSGI door that the server opens."""

import os
from importlib import import_module

from polku.loading import lasting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polku.settings")
with lasting():
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)  # the first page needs it
