"""A service, its history row and its search row, written in one transaction as Polku does."""

from django.db import models, transaction


class Service(models.Model):
    """Stands for a service of the provider."""

    name = models.TextField()

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return f"SRV-{self.pk}"


class Event(models.Model):
    """Stands for the history."""

    service = models.ForeignKey(Service, models.CASCADE)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class SearchText(models.Model):
    """Stands for the search texts."""

    service = models.ForeignKey(Service, models.CASCADE)
    folded = models.TextField()

    def __str__(self) -> str:
        return self.folded


def create_service(name: str) -> Service:
    """All three rows or none."""
    with transaction.atomic():
        service = Service.objects.create(name=name)
        Event.objects.create(service=service, name="service.created")
        SearchText.objects.create(service=service, folded=name.casefold())
    return service
