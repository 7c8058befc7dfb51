"""How many SQL statements a page takes.

    POLKU_HOME=folder python -m tools.bench.statements SRV-1    prints counts by page as JSON

Asks the application inside this process, so that every statement is seen.
"""

import json
import sys

import django

from tools.bench.data import Known


def main(hub: str) -> None:
    """Count on the data that tools.bench.data made."""
    django.setup()
    pages = {
        "list": f"/w/{Known.many}/services/",
        "list of few": f"/w/{Known.few}/services/",
        "object": f"/w/{Known.many}/services/{hub}/",
    }
    json.dump({name: count(path) for name, path in pages.items()}, sys.stdout)


def count(path: str) -> int:
    """Statements of the second call: the first fills what is kept between requests."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from polku.tenancy.models import UserAccount

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(UserAccount.objects.get(), settings.AUTHENTICATION_BACKENDS[0])
    for _call in range(2):
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    if "-v" in sys.argv:
        print(path, *(row["sql"] for row in seen), sep="\n  ", file=sys.stderr)
    return len(seen)


if __name__ == "__main__":
    main(sys.argv[1])
