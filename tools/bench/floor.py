"""The floor: the same kind of answers from bare Django, without people, rights, languages or links.

    FLOOR_DB=file python -m tools.bench.floor    makes its tables and rows

What Polku's figures stand above this is the price of what Polku does.
"""

import os
import random
import sys
from typing import Any

import django
import msgspec
from django.conf import settings

LIST = """<!doctype html><html><head><title>x</title></head><body><table>{% for s in rows %}<tr>
<td><a href="/one?id={{ s.id }}">{{ s.name }}</a></td><td>{{ s.slug }}</td><td>{{ s.status }}</td>
<td>{{ s.owner.name }}</td><td>{{ s.description }}</td><td>{{ s.created|date:'Y-m-d' }}</td></tr>
{% endfor %}</table><p>{{ total }}</p></body></html>"""
ONE = """<!doctype html><html><head><title>{{ s.name }}</title></head><body><h1>{{ s.name }}</h1>
<p>{{ s.description }}</p><p>{{ s.owner.name }}</p><ul>{% for tie in ties %}<li>{{ tie.kind }}
<a href="/one?id={{ tie.end.id }}">{{ tie.end.name }}</a></li>{% endfor %}</ul></body></html>"""

settings.configure(
    SECRET_KEY="floor" * 10, ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, USE_TZ=True,
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware",
                "django.middleware.common.CommonMiddleware"],
    DATABASES={"default": {"ENGINE": "polku.storage.sqlite", "NAME": os.environ["FLOOR_DB"],
                           "CONN_MAX_AGE": None}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {
        "loaders": [("django.template.loaders.cached.Loader", [
            ("django.template.loaders.locmem.Loader", {"list.html": LIST, "one.html": ONE})])]}}],
)  # fmt: skip
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

from tools.bench.data import COMMON, RARE, SERVICES, WORDS  # noqa: E402

TEXTS = 100_000
COLUMNS = ("id", "name", "slug", "status", "description", "owner_id", "owner__name", "created")


class Owner(models.Model):
    """Stands for a party."""

    name = models.CharField(max_length=100)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """Stands for a service."""

    name = models.CharField(max_length=200, db_index=True)
    slug = models.SlugField(unique=True)
    status = models.CharField(max_length=20)
    description = models.TextField()
    owner = models.ForeignKey(Owner, models.CASCADE)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.name


class Tie(models.Model):
    """Stands for a link."""

    kind = models.CharField(max_length=10)
    start = models.ForeignKey(Service, models.CASCADE, related_name="ties")
    end = models.ForeignKey(Service, models.CASCADE, related_name="+")

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.kind


class Party(msgspec.Struct):
    """An owner in an answer."""

    id: int
    name: str


class Answer(msgspec.Struct):
    """A service in an answer."""

    id: int
    name: str
    slug: str
    status: str
    description: str
    owner: Party
    created: Any


encode = msgspec.json.Encoder().encode


def list_page(request: HttpRequest) -> HttpResponse:
    rows = Service.objects.select_related("owner").order_by("name")[:100]
    return render(request, "list.html", {"rows": rows, "total": Service.objects.count()})


def object_page(request: HttpRequest) -> HttpResponse:
    found = Service.objects.select_related("owner").get(pk=request.GET["id"])
    ties = found.ties.select_related("end")
    return render(request, "one.html", {"s": found, "ties": ties})


def api_list(request: HttpRequest) -> HttpResponse:
    rows = Service.objects.order_by("id").values_list(*COLUMNS)[: int(request.GET["limit"])]
    found = [Answer(a, b, c, d, e, Party(f, g), h) for a, b, c, d, e, f, g, h in rows]
    return HttpResponse(encode(found), content_type="application/json")


def search(request: HttpRequest) -> HttpResponse:
    sql = "select rowid, title from doc where doc match %s order by rank limit 25"
    with connection.cursor() as cursor:
        cursor.execute(sql, [request.GET["q"]])
        return HttpResponse(encode(cursor.fetchall()), content_type="application/json")


urlpatterns = [
    path("list", list_page), path("one", object_page), path("api", api_list),
    path("search", search),
]  # fmt: skip
application = get_wsgi_application()


def make() -> None:
    """Tables, 10,000 services, twelve ties of the first, 100,000 texts."""
    chance = random.Random(1)  # noqa: S311  the same data each time
    with connection.schema_editor() as editor:
        for model in (Owner, Service, Tie):
            editor.create_model(model)
    owners = Owner.objects.bulk_create([Owner(name=f"Person {n}") for n in range(30)])
    made = Service.objects.bulk_create(
        [_service(n, owners, chance) for n in range(SERVICES)], batch_size=1000
    )
    Tie.objects.bulk_create([Tie(kind="L01", start=made[0], end=other) for other in made[1:13]])
    with connection.cursor() as cursor:
        cursor.execute("create virtual table doc using fts5(title, body)")
        rows = [(f"Text {n}", _text(n, chance)) for n in range(TEXTS)]
        cursor.executemany("insert into doc values (%s, %s)", rows)


def _service(n: int, owners: list[Owner], chance: random.Random) -> Service:
    words = " ".join(chance.choices(WORDS, k=8))
    return Service(name=f"Site {n:05d}", slug=f"site-{n:05d}", status="live",
                   description=words, owner=chance.choice(owners))  # fmt: skip


def _text(n: int, chance: random.Random) -> str:
    words = [*chance.choices(WORDS, k=7), *([COMMON] if n % 2 == 0 else []),
             *([RARE] if n == 7 else [])]  # fmt: skip
    return " ".join(words)


if __name__ == "__main__":
    make()
    sys.exit(0)
