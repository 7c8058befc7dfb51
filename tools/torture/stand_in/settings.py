"""Settings of the stand-in: the storage of Polku and one room."""

import os
import tempfile

from polku.storage.locations import database_settings, home

SECRET_KEY = "stand-in"  # noqa: S105  nobody logs in here
TOKEN = os.environ["TORTURE_TOKEN"]
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tools.torture.stand_in.addresses"
INSTALLED_APPS = ["tools.torture.stand_in"]
MIDDLEWARE = ["tools.torture.stand_in.disk_full.DiskFull"]
DATABASES = {"default": database_settings(environ={})}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
# Chosen now: Python would pick another folder when it first asks with this one full.
FILE_UPLOAD_TEMP_DIR = tempfile.gettempdir()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "file": {"class": "logging.FileHandler", "filename": home() / "logs" / "server.log"}
    },
    "root": {"handlers": ["file"], "level": "INFO"},
}
