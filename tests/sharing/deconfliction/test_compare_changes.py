from __future__ import annotations

from datetime import timedelta
from time import sleep

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Notice
from audit import models as audit
from cases.casefiles.models import NoticeMode
from cases.entities import actions as entities
from cases.entities import outbox
from cases.entities.models import Identifier, Mention, MentionChange
from sharing.agreements.models import Agreement
from sharing.deconfliction import actions
from sharing.deconfliction.events import Event
from sharing.deconfliction.models import Hit, HitSide
from sharing.deconfliction.notices import DESK_HITS
from tests.cast import fresh, in_force
from tests.sharing.deconfliction.conftest import compare

pytestmark = pytest.mark.django_db
PHONE = "+995501477"


def hits(officer):
    return actions.list_hits(officer=officer).rows


def everything():
    """All that the job may have written."""
    sides = HitSide.objects.unscoped("test").order_by("pk").values_list("pk", "told_at", "shown_at", "unit", "state")
    lines = audit.Event.objects.filter(kind__startswith="deconfliction").values_list("pk", flat=True)
    return list(sides), set(lines), Hit.objects.unscoped("test").count(), Notice.objects.filter(kind=DESK_HITS).count()


def tell_of(mention, mode):
    """Its case's lead says who hears."""
    casefile = mention.rendition.record.home
    entities.change_notice_mode(officer=casefile.lead, casefile_id=casefile.pk, notice_mode=mode)


def test_both_desks_are_told_whom_to_call(ana, bela, agreement, hold):
    hold(ana, PHONE)
    hold(bela, PHONE)
    assert compare() == 2
    (ours,), (theirs,) = hits(ana), hits(bela)
    seen = actions.open_hit(officer=ana, side_id=ours.side.pk)
    assert [(contact.agency.short_name, contact.desk.phone) for contact in seen.theirs] == [("SIC", "+55 61 5550 0188")]
    seen = actions.open_hit(officer=bela, side_id=theirs.side.pk)
    assert [(contact.agency.short_name, contact.desk.phone) for contact in seen.theirs] == [("NFIS", "+1 202 555 0140")]
    assert not MentionChange.objects.exists()


def test_each_desk_has_one_notice_however_many_hits_there_are(ana, bela, cast, agreement, hold):
    for number in range(5):
        hold(ana, f"{PHONE}{number}")
        hold(bela, f"{PHONE}{number}")
    compare()
    told = Notice.objects.filter(kind=DESK_HITS, officer__agency=ana.agency)
    assert sorted(notice.officer.name for notice in told) == sorted(cast[key].name for key in ("ana", "sami", "alma"))
    waiting = actions.NOTICES[DESK_HITS](ana, ana.unit_id)
    assert str(waiting.title) == "5 new deconfliction hits"


def test_the_owner_of_a_silent_file_is_told_and_the_other_side_is_not(ana, bela, breno, agreement, hold):
    hold(ana, PHONE, mode=NoticeMode.OWNER_ONLY)
    hold(bela, PHONE)
    compare()
    (ours,) = hits(ana)
    view = actions.open_hit(officer=ana, side_id=ours.side.pk)
    assert [contact.agency.short_name for contact in view.theirs] == ["SIC"]
    assert view.known is False
    assert view.ours == ()
    for asker in (bela, breno):
        assert hits(asker) == []
        assert not Notice.objects.filter(officer=asker, kind__startswith="deconfliction").exists()
    assert not audit.Event.objects.filter(owner_id=bela.agency_id, kind__in=[Event.HIT_FOUND, Event.DESK_SHOWN]).exists()


def test_a_silent_file_is_silent_inside_its_own_agency_too(ana, sami, bela, agreement, hold):
    hold(ana, PHONE, mode=NoticeMode.OWNER_ONLY)
    hold(bela, PHONE)
    compare()
    assert len(hits(ana)) == 1
    assert hits(sami) == []
    assert [notice.officer for notice in Notice.objects.filter(kind=DESK_HITS)] == [ana]


def test_where_both_files_are_silent_nothing_is_written(ana, bela, agreement, hold):
    hold(ana, PHONE, mode=NoticeMode.OWNER_ONLY)
    hold(bela, PHONE, mode=NoticeMode.OWNER_ONLY)
    before = everything()
    assert compare() == 2
    assert everything() == before == ([], set(), 0, 0)


def test_a_file_that_stops_being_silent_tells_then(ana, bela, agreement, hold):
    mine = hold(ana, PHONE, mode=NoticeMode.OWNER_ONLY)
    hold(bela, PHONE)
    compare()
    assert hits(bela) == []
    tell_of(mine, NoticeMode.BOTH)
    compare(hours=5)
    (theirs,) = hits(bela)
    (ours,) = hits(ana)
    assert theirs.side.told_at > ours.side.told_at
    assert actions.open_hit(officer=bela, side_id=theirs.side.pk).theirs[0].agency.short_name == "NFIS"


def test_what_was_told_is_not_taken_back(ana, bela, agreement, hold):
    mine = hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    before = everything()
    tell_of(mine, NoticeMode.OWNER_ONLY)
    compare()
    assert everything() == before
    assert len(hits(bela)) == len(hits(ana)) == 1


def test_a_desk_that_was_shown_is_not_exchanged_for_a_silent_one(ana, bela, agreement, hold, quiet_unit):
    mine = hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    Mention.objects.unscoped("test").filter(pk=mine.pk).update(unit=quiet_unit)
    tell_of(mine, NoticeMode.OWNER_ONLY)
    compare()
    view = actions.open_hit(officer=bela, side_id=hits(bela)[0].side.pk)
    assert [contact.desk.name for contact in view.theirs] == ["NFIS financial crime desk"]


def test_a_desk_that_may_be_shown_moves_with_its_file(ana, bela, agreement, hold, quiet_unit):
    mine = hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    Mention.objects.unscoped("test").filter(pk=mine.pk).update(unit=quiet_unit)
    with transaction.atomic():
        outbox.put([mine.pk])
    compare()
    view = actions.open_hit(officer=bela, side_id=hits(bela)[0].side.pk)
    assert [contact.desk.name for contact in view.theirs] == ["Quiet desk"]
    assert hits(ana)[0].side.unit == quiet_unit


def test_without_an_agreement_nothing_is_compared(ana, bela, hold):
    hold(ana, PHONE)
    hold(bela, PHONE)
    assert compare() == 2
    assert everything() == ([], set(), 0, 0)


def test_an_agreement_that_does_not_cover_deconfliction_compares_nothing(ana, bela, sami, breno, hold):
    in_force(sami, breno, covers_deconfliction=False)
    hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    assert Hit.objects.unscoped("test").count() == 0


@pytest.mark.parametrize("status", ["suspended", "ended", "draft"])
def test_an_agreement_not_in_force_compares_nothing(ana, bela, agreement, hold, status):
    Agreement.objects.unscoped("test").filter(pk=agreement.pk).update(status=status)
    hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    assert Hit.objects.unscoped("test").count() == 0


def test_an_agreement_past_its_end_compares_nothing(ana, bela, sami, breno, hold):
    end = timezone.now() + timedelta(seconds=0.5)
    in_force(sami, breno, ends_at=end)
    hold(ana, PHONE)
    hold(bela, PHONE)
    while timezone.now() <= end:
        sleep(0.05)
    compare()
    assert Hit.objects.unscoped("test").count() == 0


def test_an_agreement_that_has_not_begun_compares_nothing(ana, bela, sami, breno, hold):
    in_force(sami, breno, starts_at=timezone.now() + timedelta(days=1))
    hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    assert Hit.objects.unscoped("test").count() == 0


def test_what_was_recorded_before_an_agreement_is_compared_when_it_comes_into_force(ana, bela, sami, breno, hold):
    hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    assert hits(ana) == hits(bela) == []
    in_force(sami, breno)
    assert compare() == 1
    assert len(hits(ana)) == len(hits(bela)) == 1
    assert compare() == 0


def test_what_was_recorded_while_an_agreement_was_suspended_is_compared_when_it_resumes(ana, bela, agreement, hold):
    compare()
    rows = Agreement.objects.unscoped("test").filter(pk=agreement.pk)
    rows.update(status="suspended")
    hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    assert hits(ana) == []
    rows.update(status="in-force")
    compare()
    assert len(hits(ana)) == len(hits(bela)) == 1


def test_a_third_agency_hears_only_of_those_it_has_an_agreement_with(cast, agreement, agreement_with_fiscalia, hold):
    ana, bela, tomas = (fresh(cast[key]) for key in ("ana", "bela", "tomas"))
    for officer in (ana, bela, tomas):
        hold(officer, PHONE)
    compare()
    assert sorted(row.side.other.short_name for row in hits(ana)) == ["FN", "SIC"]
    assert [row.side.other.short_name for row in hits(bela)] == ["NFIS"]
    assert [row.side.other.short_name for row in hits(tomas)] == ["NFIS"]


def test_the_same_number_of_another_country_or_type_is_no_hit(ana, bela, agreement, hold):
    hold(ana, "X4471", kind="passport", country="CV")
    hold(bela, "X4471", kind="passport", country="SC")
    hold(bela, "X4471", kind="national-id", country="CV")
    compare()
    assert Hit.objects.unscoped("test").count() == 0


def test_a_phone_number_is_the_same_whatever_country_is_noted_beside_it(ana, bela, agreement, hold):
    hold(ana, PHONE, country="NM")
    hold(bela, PHONE, country="")
    compare()
    assert Hit.objects.unscoped("test").get().country == ""


def test_a_phone_number_without_its_country_code_is_the_same_within_one_country_only(ana, bela, agreement, hold):
    hold(ana, "5550147", country="NM")
    hold(bela, "5550147", country="CV")
    compare()
    assert Hit.objects.unscoped("test").count() == 0


def test_two_units_of_one_agency_are_no_hit(ana, sami, agreement, hold):
    hold(ana, PHONE)
    hold(sami, PHONE)
    compare()
    assert Hit.objects.unscoped("test").count() == 0


def test_an_empty_identifier_meets_nobody(ana, bela, agreement, hold):
    hold(ana, "")
    hold(bela, "")
    compare()
    assert Hit.objects.unscoped("test").count() == 0


def test_comparing_again_changes_nothing(ana, bela, agreement, hold):
    mine, theirs = hold(ana, PHONE), hold(bela, PHONE)
    compare()
    before = everything()
    with transaction.atomic():
        outbox.put([mine.pk, theirs.pk, mine.pk])
    assert compare(hours=1) == 2
    assert everything() == before


def test_a_second_file_with_the_same_identifier_is_told_of_for_itself(ana, bela, agreement, hold):
    hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    (first,) = hits(ana)
    actions.answer_hit(officer=ana, side_id=first.side.pk, state=HitSide.State.SETTLED)
    hold(ana, PHONE, name="Second file")
    compare()
    (again,) = hits(ana)
    assert [mention.name for mention in again.mentions] == ["Second file", "Rosa Quintela"]
    assert again.side.state == HitSide.State.NEW
    assert actions.open_hit(officer=ana, side_id=first.side.pk).side.state == HitSide.State.SETTLED
    assert len(hits(bela)) == 1


def test_being_told_is_in_the_ledger_of_who_was_told_and_of_whose_desk_it_was(ana, bela, agreement, hold):
    hold(ana, PHONE)
    hold(bela, PHONE)
    compare()
    lines = audit.Event.objects.filter(kind__in=[Event.HIT_FOUND, Event.DESK_SHOWN], owner_id=ana.agency_id)
    assert sorted(lines.values_list("kind", flat=True)) == [Event.DESK_SHOWN, Event.HIT_FOUND]
    standing = agreement.versions.get()
    assert {tuple(line.via) for line in lines} == {(f"agreement:{agreement.pk}", f"version:{standing.pk}")}


def test_a_desk_shown_to_a_silent_file_is_in_the_ledger_only_when_its_agency_may_know(ana, bela, agreement, hold):
    mine = hold(ana, PHONE, mode=NoticeMode.OWNER_ONLY)
    hold(bela, PHONE)
    compare()
    lines = audit.Event.objects.filter(kind=Event.DESK_SHOWN)
    assert not lines.exists()
    tell_of(mine, NoticeMode.BOTH)
    compare()
    assert set(lines.values_list("owner_id", flat=True)) == {ana.agency_id, bela.agency_id}


def test_the_number_of_statements_does_not_grow_with_what_is_compared(ana, bela, agreement, hold):
    def statements(mentions: int, start: int) -> int:
        for number in range(start, start + mentions):
            for officer in (ana, bela):
                mention = hold(officer, f"{PHONE}{number}", casefile=files[officer])
                Identifier.objects.create(mention=mention, type="passport", country="CV", raw="P", normalised=f"P{number}")
        with CaptureQueriesContext(connection) as queries:
            compare()
        return len(queries)

    files = {officer: hold(officer, f"none of {officer.pk}").rendition.record.home for officer in (ana, bela)}
    statements(1, 0)
    few, many = statements(2, 10), statements(40, 100)
    assert few == many
