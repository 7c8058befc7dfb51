"""The WSGI door that the server opens."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polku.settings")
application = get_wsgi_application()

# What was loaded at the start stays: rounds for garbage need not look at it again and again, and
# a page that reads thousands of rows need not be stopped for one every two thousand.
gc.freeze()
gc.set_threshold(10_000, 10, 10)
