"""What a rendition says happened between two: a payment, a call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Officer
from cases.entities import currencies, moments
from cases.entities.models.mentions import EntityType, Mention
from cases.entities.moments import Moment, Precision
from cases.records.models import Rendition
from kernel.querysets import GuardedModel, GuardedQuerySet


class DealingQuerySet(GuardedQuerySet[Any]):
    def visible_to(self, officer: Any) -> Self:
        """Seen exactly where its rendition is seen."""
        return self.filter(rendition__in=Rendition.objects.seen_by(officer))._scoped(f"officer {officer.pk}")

    def of(self, mentions: Iterable[Any]) -> Self:
        """Those in which one of these mentions gives or takes."""
        ids = list(mentions)
        return self.filter(Q(from_mention__in=ids) | Q(to_mention__in=ids))


class Dealing(GuardedModel):
    """One row that one rendition says, from one to another; it never changes, and a correction is a new rendition.

    Each end is kept as it was written, with the key under which it is counted, and perhaps the mention of the same rendition that it is.
    `listed_at` is where lists have it: its own moment, or where none is said the one at which it was noted.
    """

    sight_includes = frozenset({"rendition", "from_mention", "to_mention"})
    ENDS: ClassVar[tuple[EntityType, ...]] = ()
    """What the ends can be."""

    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, related_name="+", db_index=False)
    paragraph = models.PositiveSmallIntegerField(null=True)  # number of the paragraph of this rendition that says it
    from_text = models.CharField(max_length=200, blank=True)
    from_key = models.CharField(max_length=200, blank=True)
    from_mention = models.ForeignKey(Mention, on_delete=models.PROTECT, null=True, related_name="+")
    to_text = models.CharField(max_length=200, blank=True)
    to_key = models.CharField(max_length=200, blank=True)
    to_mention = models.ForeignKey(Mention, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    happened_on = models.DateField(null=True)  # the day as it was said, in its own zone
    precision = models.CharField(max_length=6, choices=Precision, blank=True)  # of `at`; empty where nothing was said
    zone = models.CharField(max_length=moments.LONGEST_ZONE, blank=True)
    listed_at = models.DateTimeField()
    row_key = models.CharField(max_length=80, null=True)  # noqa: DJ001  unique where given: the row of the register it came from
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(db_default=Now())

    objects = DealingQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        abstract = True
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(from_text="", to_text=""), name="a_%(class)s_has_an_end"),
            models.CheckConstraint(
                condition=Q(at=None, happened_on=None, precision="")
                | Q(at__isnull=False, happened_on__isnull=False, precision__in=Precision.values, listed_at=F("at")),
                name="a_%(class)s_is_as_exact_as_said",
            ),
            models.UniqueConstraint(fields=["rendition", "row_key"], name="one_%(class)s_per_register_row"),
        ]
        indexes = [models.Index(fields=["rendition", "-listed_at", "-id"], name="%(class)ss_of_a_rendition")]

    @property
    def moment(self) -> Moment:
        return Moment(self.at, self.happened_on, self.precision, self.zone)

    @property
    def when_said(self) -> str:
        """When it happened, as exactly as it was said."""
        return moments.in_words(self.moment)

    @property
    def ends(self) -> list[tuple[str, Mention | None]]:
        return [(self.from_text, self.from_mention), (self.to_text, self.to_mention)]


class Transaction(Dealing):
    """Money or value that somebody gave to somebody. Amounts of different currencies are never added."""

    ENDS = (EntityType.ACCOUNT, EntityType.WALLET, EntityType.PERSON, EntityType.ORGANISATION)

    amount = models.DecimalField(max_digits=currencies.WHOLE_DIGITS + currencies.DECIMAL_PLACES, decimal_places=currencies.DECIMAL_PLACES)
    currency = models.CharField(max_length=currencies.LONGEST)
    kind = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=500, blank=True)

    class Meta(Dealing.Meta):
        constraints = [
            *Dealing.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="money_goes_one_way"),
            models.CheckConstraint(condition=~Q(currency=""), name="money_has_a_currency"),
        ]

    @property
    def amount_said(self) -> str:
        return currencies.written(self.amount, self.currency)

    @property
    def amount_plain(self) -> str:
        return currencies.plain(self.amount)

    @property
    def currency_known(self) -> bool:
        return currencies.is_known(self.currency)


class Call(Dealing):
    """A call, message or connection between two numbers, as a carrier or a telephone recorded it."""

    class Kind(models.TextChoices):
        VOICE = "voice", _("Voice")
        SMS = "sms", _("Message")
        DATA = "data", _("Data")
        OTHER = "other", _("Other")

    ENDS = (EntityType.PHONE, EntityType.PERSON, EntityType.ORGANISATION)

    kind = models.CharField(max_length=5, choices=Kind, default=Kind.VOICE)
    seconds = models.PositiveIntegerField(null=True)
    cell = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    imei = models.CharField(max_length=40, blank=True)
    imsi = models.CharField(max_length=40, blank=True)

    class Meta(Dealing.Meta):
        constraints = [
            *Dealing.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=["voice", "sms", "data", "other"]), name="call_kind_known"),
        ]

    @property
    def duration(self) -> str:
        return moments.in_clock(self.seconds)
