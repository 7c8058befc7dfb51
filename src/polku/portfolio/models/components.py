"""What a service rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.tenancy.models import CoreEntity, Relationship
from polku.tenancy.models.base import core_constraints, core_indexes


class Component(CoreEntity):
    """A building block of services (entities.md 2.4)."""

    class Kind(models.TextChoices):
        PROCESS = "process", _("way of working")
        RESOURCE = "resource", _("resource")
        SKILL = "skill", _("skill")
        ASSET = "asset", _("equipment")
        SUPPLIER_SERVICE = "supplier_service", _("service of a supplier")
        GOODS = "goods", _("goods")
        DOCUMENT = "document", _("document")
        SPACE = "space", _("room or place")
        DATA = "data", _("data")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        IN_USE = "in_use", _("in use")
        RETIRED = "retired", _("retired")

    class Criticality(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        STOPS = "stops", _("stops the service")
        DEGRADES = "degrades", _("makes it worse")
        INCONVENIENCE = "inconvenience", _("is a nuisance")

    name = models.CharField(_("name"), max_length=200)
    aliases = models.JSONField(_("also known as"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.RESOURCE)
    real_world_ref = models.JSONField(_("where it is in the real world"), default=list, blank=True)
    supplier_relationship = models.ForeignKey(
        Relationship, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("supplier"),
    )  # fmt: skip
    supplier_name = models.CharField(_("supplier by name"), max_length=200, blank=True, default="")
    replace_time = models.CharField(_("time to replace"), max_length=20, blank=True, default="")
    capacity = models.DecimalField(
        _("capacity"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    capacity_unit = models.CharField(_("capacity unit"), max_length=40, blank=True, default="")
    capacity_per = models.CharField(_("capacity per"), max_length=20, blank=True, default="")
    criticality = models.CharField(
        _("if it fails"), max_length=15, choices=Criticality, default=Criticality.UNKNOWN
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.IN_USE)

    class Meta:
        db_table = "component"
        constraints = core_constraints("component")
        indexes = core_indexes("component")


class Dependency(CoreEntity):
    """A dated, typed edge between services or components (entities.md 2.5)."""

    title_field = "code"

    class Kind(models.TextChoices):
        REQUIRES = "requires", _("needs")
        PART_OF = "part_of", _("is part of")
        SUBSTITUTES = "substitutes", _("can stand in for")
        EXCLUDES = "excludes", _("rules out")
        MIGRATES_TO = "migrates_to", _("moves to")
        SUPPORTS = "supports", _("supports")

    from_kind = models.CharField(max_length=40)
    from_id = models.BigIntegerField()
    from_code = models.CharField(_("what needs"), max_length=20)
    to_kind = models.CharField(max_length=40)
    to_id = models.BigIntegerField()
    to_code = models.CharField(_("what is needed"), max_length=20)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.REQUIRES)
    criticality = models.CharField(
        _("if it fails"), max_length=15, choices=Component.Criticality,
        default=Component.Criticality.UNKNOWN,
    )  # fmt: skip
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True, default="")

    class Meta:
        db_table = "dependency"
        constraints = [
            *core_constraints("dependency"),
            models.CheckConstraint(
                condition=~models.Q(from_kind=models.F("to_kind"), from_id=models.F("to_id")),
                name="dependency_no_self",
                violation_error_message=_("A thing cannot need itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "from_kind", "from_id"]),
            models.Index(fields=["workspace", "to_kind", "to_id"]),
        ]
