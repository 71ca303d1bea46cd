"""Records: everything that can be shown or leave. What is read, released, recalled, cited and audited is a rendition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Officer, Principal
from accounts.roles import Deed
from cases.casefiles.models import CaseFile
from cases.casefiles.storage import draw
from cases.records import handling
from cases.records.handling import Likeness, likeness
from kernel.grants import Grant, GrantQuerySet, Origin
from kernel.querysets import GuardedModel, GuardedQuerySet


class RecordQuerySet(GuardedQuerySet["Record"]):
    def visible_to(self, officer: Any) -> Self:
        """The records granted to one of the officer's principals: by their home file's audience, or by an accepted release."""
        if Deed.INTELLIGENCE_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        held = RecordGrant.objects.held_by(officer)
        return self.filter(pk__in=held.values("content_object"))._scoped(f"officer {officer.pk}")


class Record(GuardedModel):
    """One thing an agency holds: an intelligence item, a register, a case header. It has one home file and one or more renditions."""

    class Kind(models.TextChoices):
        INTELLIGENCE = "intelligence", _("Intelligence item")
        EXHIBIT = "exhibit", _("Exhibit")
        REGISTER = "register", _("Register")
        CASE_HEADER = "case-header", _("Case header")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    reference = models.CharField(max_length=12, editable=False)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = RecordQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["agency", "reference"], name="one_record_per_reference_and_agency"),
            models.CheckConstraint(condition=Q(kind__in=["intelligence", "exhibit", "register", "case-header"]), name="record_kind_known"),
        ]
        indexes = [models.Index(fields=["home", "-made_at"], name="records_of_a_file")]

    def __str__(self) -> str:
        return self.reference


def new_reference() -> str:
    """A short reference to speak over the phone. Drawn, never counted: a sequence would tell how much an agency records."""
    return draw(8)


class CaseLink(GuardedModel):
    """A record also matters to a further case. A link gives no sight: whoever follows it needs to see both ends."""

    sight_includes = frozenset({"record", "casefile"})

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links")
    casefile = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Links(GuardedQuerySet["CaseLink"]):
        def visible_to(self, officer: Any) -> Self:
            both = {
                "record__in": Record.objects.seen_by(officer),
                "casefile__in": CaseFile.objects.seen_by(officer),
            }
            return self.filter(ended_at=None, **both)._scoped(f"officer {officer.pk}")

    objects = Links.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["record", "casefile"], condition=Q(ended_at=None), name="one_link_per_record_and_case")
        ]


class Handled(models.Model):
    """Carries one handling code of one scheme, as given, and the atoms it expands to."""

    handling_scheme = models.CharField(max_length=12, choices=handling.Scheme)
    handling_code = models.CharField(max_length=20)
    handling_text = models.CharField(max_length=500, blank=True)
    handling_countries = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    handling_atoms = ArrayField(models.CharField(max_length=12), default=list)

    class Meta:
        abstract = True

    @property
    def handling(self) -> handling.Code:
        return handling.CODES[self.handling_scheme, self.handling_code]

    @property
    def handling_wording(self) -> str:
        return str(self.handling.wording)

    @property
    def handling_level(self) -> int:
        """0 (open) to 3 (named people), as the square beside the wording is coloured."""
        return list(handling.Level).index(self.handling.level)

    def handling_in(self, scheme: str) -> Likeness | None:
        """What another scheme would say of it; None in its own."""
        if scheme == self.handling_scheme:
            return None
        atoms = self.handling_atoms or [*self.handling.atoms]
        return likeness(scheme, atoms, text=self.handling_text, countries=self.handling_countries)

    @property
    def marking(self) -> dict[str, Any]:
        """The marking of a page that shows this."""
        return {"level": self.handling.level, "wording": self.handling_wording, "note": self.handling_code}


HandledT = TypeVar("HandledT", bound=Handled)


def strictest(shown: Iterable[HandledT]) -> HandledT | None:
    """That whose marking a page bears which shows all of these."""
    return max(shown, key=lambda each: each.handling_level, default=None)


def marking_of(shown: Iterable[Handled], casefile: CaseFile | None = None) -> dict[str, Any]:
    """How a list is marked: as the case unless something on it is stricter; outside a case as the strictest, never as open."""
    top = strictest(shown)
    if casefile and (not top or top.handling_level <= list(handling.Level).index(casefile.marking["level"])):
        return {"marking": casefile.marking}
    return {"marking": top.marking} if top and top.handling_level else {}


class RenditionQuerySet(GuardedQuerySet["Rendition"]):
    def visible_to(self, officer: Any) -> Self:
        """Those of granted records that the grant covers: all of them at home, exactly one by a release. None that was withdrawn."""
        if Deed.INTELLIGENCE_READ not in officer.deeds:
            return self.none()._scoped(f"officer {officer.pk}")
        held = RecordGrant.objects.held_by(officer).covering(OuterRef("record"), OuterRef("pk"))
        return self.filter(Exists(held), withdrawn_at=None)._scoped(f"officer {officer.pk}")

    def newest_of_each(self) -> Self:
        """One rendition per record: the latest original the reader may see, else the latest they may see."""
        return self.order_by("record", models.Case(models.When(kind="original", then=0), default=1), "-number").distinct("record")


class Rendition(Handled, GuardedModel):
    """One immutable, hashed version of a record. A correction is a new rendition; nothing changes under anybody's feet.

    One that was taken in by mistake and never left is withdrawn: it stays as it is, and nobody sees it any more.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("Original")
        TEAR_LINE = "tear-line", _("Tear-line")
        REDACTED = "redacted", _("Redacted")

    sight_includes = frozenset({"record"})

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="renditions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ORIGINAL)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=8, default="en")
    dated_on = models.DateField(null=True)
    content_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = RenditionQuerySet.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="one_rendition_per_number"),
            models.CheckConstraint(condition=handling.known(), name="rendition_handling_known"),
            models.CheckConstraint(condition=Q(kind__in=["original", "tear-line", "redacted"]), name="rendition_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title


class CaseHeader(GuardedModel):
    """What a rendition of a case's header says: which case it is, its title if that was chosen, and whom to call."""

    sight_includes = frozenset({"rendition"})

    rendition = models.OneToOneField(Rendition, on_delete=models.PROTECT, related_name="header")
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=160, blank=True)
    unit = models.CharField(max_length=160)
    desk = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=120, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list)

    class Headers(GuardedQuerySet["CaseHeader"]):
        def visible_to(self, officer: Any) -> Self:
            """Seen exactly where the rendition is seen."""
            return self.filter(rendition__in=Rendition.objects.seen_by(officer))._scoped(f"officer {officer.pk}")

    objects = Headers.as_manager()

    class Meta(GuardedModel.Meta):
        default_permissions = ()


class RecordGrantQuerySet(GrantQuerySet):
    def standing(self) -> Self:
        """Neither ended nor past their end; some may be held back with the agreement they rest on."""
        return super().live()

    def live(self) -> Self:
        return self.standing().filter(suspended_at=None)

    def held_by(self, officer: Any) -> Self:
        """The officer's own sight: what their principals may view at this moment."""
        return self.live().for_right("view").filter(group__in=Principal.objects.held_by(officer))

    def covering(self, record: Any, rendition: Any) -> Self:
        """Those that reach one rendition: a home grant reaches every one of its record, a release's exactly the one it names."""
        return self.filter(Q(rendition=None) | Q(rendition=rendition), content_object=record)


class RecordGrant(Grant):
    """A group may view a record: all its renditions at home, one of them by a release.

    `cause` is the release, spoken of by `cause_reference`, and `recipient` the agency it goes to (null: home); `basis` is the
    agreement it rests on; while the agreement is suspended, so is the grant.
    """

    content_object = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="grants", db_index=False)
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, null=True, related_name="+")
    basis = models.UUIDField(null=True, editable=False)
    cause_reference = models.CharField(max_length=12, blank=True, default="", editable=False)
    recipient = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    suspended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = RecordGrantQuerySet.as_manager()

    class Meta:
        unique_together: ClassVar[list[Any]] = []
        constraints = [
            models.UniqueConstraint(
                fields=["group", "permission", "content_object", "rendition", "cause"],
                nulls_distinct=False,
                name="one_record_grant_per_cause",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.HOME) | Q(rendition=None, cause=None, expires_at=None), name="home_sees_all_of_it_and_always"
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.RELEASE) | Q(rendition__isnull=False, cause__isnull=False, expires_at__isnull=False),
                name="a_release_shows_one_version_for_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.JOINT)
                | Q(rendition__isnull=False, cause__isnull=False, basis__isnull=False, recipient__isnull=False, expires_at__isnull=False),
                name="a_joint_case_shows_one_version_under_an_agreement",
            ),
        ]
        indexes = [
            models.Index(
                fields=["group", "permission", "-shown_at", "-content_object"],
                condition=Q(ended_at=None, suspended_at=None),
                name="record_grants_newest",
            ),
            models.Index(fields=["content_object", "group"], name="record_grants_of_one"),
            models.Index(fields=["cause"], name="record_grants_by_cause"),
            models.Index(fields=["basis"], condition=~Q(basis=None), name="record_grants_by_basis"),
        ]
