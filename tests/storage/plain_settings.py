"""A Django project with only the storage of Polku: for tests in processes of their own."""

from polku.storage.locations import database_settings

SECRET_KEY = "not a secret"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django_tasks_db"]
DATABASES = {"default": database_settings()}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
USE_TZ = True
