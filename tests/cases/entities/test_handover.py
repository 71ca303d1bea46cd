"""A case handed to another unit by two supervisors: who saw it and all that hangs on it, before and after."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.actions import enrol_officer, found_unit, name_deputy
from accounts.grants import join
from accounts.models import Officer
from accounts.roles import Role
from audit.models import Event
from cases.casefiles import actions as casefiles
from cases.casefiles import rules
from cases.casefiles.models import CaseFile, Handover, NoticeMode, Task
from cases.entities import actions
from cases.entities.models import Mention, MentionChange, Transaction
from cases.intelligence import actions as intelligence
from cases.records import actions as records
from cases.records.models import Record, Rendition
from kernel.errors import Conflict, DomainError, Invalid, NotFound
from sharing.deconfliction import actions as deconfliction
from sharing.deconfliction.models import HitSide
from tests.cases.asking import ABSENT, api, bodies, page
from tests.cases.entities.conftest import note, pay
from tests.cases.intelligence.conftest import said
from tests.cases.refusals import refused
from tests.cases.released import released
from tests.cast import fresh

WHY = "The cargo is a matter of the ports."


@pytest.fixture
def ports(ana, alma):
    """A second unit of NFIS, of which Alma is a supervisor too."""
    desk = {"name": "NFIS ports desk", "phone": "+1 202 555 0199", "hours": "24 hours", "languages": ["en"]}
    unit = found_unit(agency=ana.agency, name="Maritime crime", desk=desk)
    with transaction.atomic():
        join(alma, unit.group)
    return unit


@pytest.fixture
def nils(ports):
    return fresh(enrol_officer(unit=ports, roles=[Role.INVESTIGATOR], email="nils@nfis.example", name="Nils Harbour", password=None))


@pytest.fixture
def second(ana):
    """Of the old unit, on no team."""
    return fresh(enrol_officer(unit=ana.unit, roles=[Role.INVESTIGATOR], email="second@nfis.example", name="Ivo Thorne", password=None))


def offer(officer, case, unit, **more):
    return casefiles.propose_handover(officer=officer, casefile_id=case.pk, unit_id=unit.pk, reason=WHY, **more)


def take(officer, handover, lead, *team):
    return actions.accept_handover(officer=officer, handover_id=handover.pk, lead_id=lead.pk, team=[member.pk for member in team])


def who_sees(table, pk, *people):
    return {each.name.split()[0] for each in people if table.objects.visible_to(fresh(each)).filter(pk=pk).exists()}


@pytest.mark.parametrize("stays", [False, True], ids=["the team leaves", "the team stays"])
@pytest.mark.parametrize("audience", ["team", "unit", "agency"])
def test_the_case_its_records_and_what_they_name_are_seen_by_the_new_audience_alone(
    ana, sami, alma, bela, second, nils, ports, case, item, audience, stays
):
    mention, payment = note(ana, item), pay(ana, item)
    if audience != "team":
        records.change_audience(officer=sami, casefile_id=case.pk, audience=audience, reason="All look for the caller.")
    everybody = (ana, sami, alma, second, nils, bela)
    take(alma, offer(sami, case, ports, team_stays=stays), nils, alma)
    expected = {"Nils", "Alma"} | ({"Ana", "Sami"} if stays else set()) | ({"Ana", "Sami", "Ivo"} if audience == "agency" else set())
    for table, pk in (
        (CaseFile, case.pk),
        (Record, item.record_id),
        (Rendition, item.pk),
        (Mention, mention.pk),
        (Transaction, payment.pk),
    ):
        assert who_sees(table, pk, *everybody) == expected, table
    moved = CaseFile.objects.visible_to(nils).select_related("unit", "lead").one(case.pk)
    assert (moved.unit, moved.lead, moved.audience, moved.reference) == (ports, nils, audience, case.reference)
    working = {each.name.split()[0] for each in everybody if rules.works_on(fresh(each), moved)}
    assert working == {"Nils", "Alma"} | ({"Ana", "Sami"} if stays else set())
    later = intelligence.record_item(officer=nils, casefile_id=case.pk, **said())
    assert who_sees(Rendition, later.pk, *everybody) == expected


def test_what_was_released_stays_and_the_desk_of_what_is_named_follows(ana, sami, alma, bela, nils, ports, case, item):
    mention = note(ana, item)
    released(item, bela)
    MentionChange.objects.all().delete()
    take(alma, offer(sami, case, ports), nils)
    assert who_sees(Rendition, item.pk, bela, ana, nils) == {"Bela", "Nils"}
    assert Mention.objects.visible_to(nils).one(mention.pk).unit_id == ports.pk
    assert list(MentionChange.objects.values_list("mention_id", flat=True)) == [mention.pk]
    assert Record.objects.visible_to(nils).one(item.record_id).agency_id == ana.agency_id


def test_a_hit_follows_to_the_new_desk_and_leaves_the_old(ana, sami, alma, bela, second, nils, ports, agreement):
    case = casefiles.open_case(officer=ana, title="Harbor Ledger", team=[sami.pk], notice_mode=NoticeMode.BOTH)
    theirs = casefiles.open_case(officer=bela, title="Porto Frio", notice_mode=NoticeMode.BOTH)
    note(ana, intelligence.record_item(officer=ana, casefile_id=case.pk, **said()))
    europol = [each | {"scheme": "europol"} for each in said()["paragraphs"]]
    note(bela, intelligence.record_item(officer=bela, casefile_id=theirs.pk, **said() | {"paragraphs": europol}))
    deconfliction.compare_changes(now=timezone.now())
    side = HitSide.objects.visible_to(ana).get()
    assert who_sees(HitSide, side.pk, ana, sami, second, nils) == {"Ana", "Sami", "Ivo"}
    take(alma, offer(sami, case, ports), nils)
    deconfliction.compare_changes(now=timezone.now())
    assert who_sees(HitSide, side.pk, ana, sami, second, nils, alma) == {"Nils", "Alma"}
    assert HitSide.objects.visible_to(nils).one(side.pk).unit_id == ports.pk


def test_before_it_is_taken_the_receiving_supervisor_reads_the_cover_and_nothing_else(sami, alma, ports, case, item):
    casefiles.change_case(officer=sami, casefile_id=case.pk, summary="Eleven shipments.")
    handover = offer(sami, case, ports)
    cover = page(alma, "get", f"/cases/hand-overs/{handover.pk}/").text
    for known in (WHY, case.reference, "Financial crime", "Maritime crime", sami.name):
        assert known in cover
    machine = api(alma, "get", f"handovers/{handover.pk}/").text
    listed = api(alma, "get", "handovers/?waiting=true").text + page(alma, "get", "/cases/").text
    assert listed.count(f"/cases/hand-overs/{handover.pk}/") == 1
    assert api(sami, "get", "handovers/?waiting=true").data["results"] == []
    home = page(alma, "get", "/").text
    for served in (cover, machine, listed, home):
        for hidden in (case.title, "Eleven shipments.", item.title, str(case.pk)):
            assert hidden not in served
    assert "offers your unit the case" in home
    for door in ("", "notes/", "hand-over/", "share/"):
        assert len(bodies(page, alma, f"/cases/{{}}/{door}", case.pk)) == 1
    with pytest.raises(NotFound):
        casefiles.list_handovers(officer=alma, casefile_id=case.pk)
    titled = casefiles.open_case(officer=sami, title="Paper Lighthouse")
    shown = offer(sami, titled, ports, shows_title=True)
    assert titled.title in page(alma, "get", f"/cases/hand-overs/{shown.pk}/").text


@pytest.mark.parametrize("who", ["nils", "second", "adam", "iris", "bela", "otto"])
def test_to_everybody_else_there_is_no_hand_over(cast, nils, second, sami, ports, case, who):
    handover, person = offer(sami, case, ports), {"nils": nils, "second": second}.get(who) or fresh(cast[who])
    assert len(bodies(page, person, "/cases/hand-overs/{}/", handover.pk)) == 1
    assert len(bodies(api, person, "handovers/{}/accept/", handover.pk, method="post", data={"lead_id": str(person.pk)})) == 1
    assert len(bodies(api, person, "handovers/{}/refuse/", handover.pk, method="post", data={"reason": "No."})) == 1
    assert api(person, "get", "handovers/").data["results"] == []


def test_nobody_offers_and_takes_nor_offers_and_refuses(sami, alma, ports, case, nils):
    with transaction.atomic():
        join(sami, ports.group)
    handover = offer(fresh(sami), case, ports)
    with refused(rules.TAKES_ANOTHER):
        take(fresh(sami), handover, nils)
    with refused(rules.TAKES_ANOTHER):
        casefiles.refuse_handover(officer=fresh(sami), handover_id=handover.pk, reason="No.")
    for status in ("accepted", "refused"):
        facts = {"decided_by": sami, "decided_at": timezone.now(), "lead": nils if status == "accepted" else None}
        with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
            Handover.objects.visible_to(sami).filter(pk=handover.pk).update(status=status, **facts)


def test_a_supervisor_of_the_giving_unit_does_not_take_it_for_the_other(ana, sami, case, ports, nils, alma):
    boss = fresh(enrol_officer(unit=ana.unit, roles=[Role.SUPERVISOR], email="boss@nfis.example", name="Bo Ss", password=None))
    casefiles.add_to_team(officer=ana, casefile_id=case.pk, member_id=boss.pk)
    handover = offer(sami, case, ports)
    with refused(rules.NOT_YOURS_TO_TAKE):
        take(boss, handover, nils)
    casefiles.withdraw_handover(officer=boss, handover_id=handover.pk, reason="It stays ours.")


@pytest.mark.parametrize("lent", [1, -1], ids=["whoever offers it", "whoever decides"])
def test_one_who_stands_in_for_whoever_offers_it_is_no_second_pair_of_eyes(sami, alma, nils, ports, case, lent):
    offered = offer(sami, case, ports)
    one, other = (sami, alma)[::lent]
    days = {"since": timezone.now(), "until": timezone.now() + timedelta(days=1), "reason": "Leave"}
    name_deputy(by=one, officer_id=one.pk, deputy_id=other.pk, role=Role.SUPERVISOR, **days)
    with refused(rules.STANDS_IN):
        take(fresh(alma), offered, nils)
    assert "stands in for the other" in page(fresh(alma), "get", f"/cases/hand-overs/{offered.pk}/").content.decode()


def test_an_investigator_offers_no_case_and_whoever_does_not_see_it_finds_none(ana, alma, bela, ports, case):
    with refused(rules.SUPERVISOR_HANDS):
        offer(ana, case, ports)
    for stranger in (alma, bela):
        with pytest.raises(NotFound):
            offer(stranger, case, ports)


def test_a_case_moves_to_another_unit_of_the_agency_that_has_somebody_to_take_it(ana, sami, bela, ports, case):
    empty = found_unit(agency=ana.agency, name="Empty", desk={"name": "x", "hours": "x", "languages": ["en"]})
    for unit_id, why in ((ABSENT, rules.ANOTHER_UNIT), (bela.unit_id, rules.ANOTHER_UNIT), (sami.unit_id, rules.ANOTHER_UNIT),
                         (empty.pk, rules.NOBODY_TAKES)):  # fmt: skip
        with pytest.raises(Invalid) as kept:
            casefiles.propose_handover(officer=sami, casefile_id=case.pk, unit_id=unit_id, reason=WHY)
        assert kept.value.fields == {"unit_id": why}
    with pytest.raises(Invalid):
        casefiles.propose_handover(officer=sami, casefile_id=case.pk, unit_id=ports.pk, reason=" ")


def test_a_standing_file_never_moves(sami, ports):
    standing = casefiles.keep_standing_file(officer=sami, unit_id=sami.unit_id)
    with refused(rules.STANDING_NEVER_MOVES):
        offer(sami, standing, ports)


def test_a_compartment_is_offered_without_its_title_and_stays_one(ana, sami, alma, second, nils, ports):
    closed_room = casefiles.open_case(officer=ana, title="Quiet", team=[sami.pk], is_compartment=True)
    with refused(rules.COMPARTMENT_UNTITLED):
        offer(sami, closed_room, ports, shows_title=True)
    take(alma, offer(sami, closed_room, ports), nils)
    assert who_sees(CaseFile, closed_room.pk, ana, sami, alma, second, nils) == {"Nils"}
    moved = CaseFile.objects.visible_to(nils).one(closed_room.pk)
    assert (moved.is_compartment, moved.audience) == (True, "team")


def test_only_people_of_the_receiving_unit_come_on_the_case_with_it(ana, sami, alma, petra, second, nils, ports, case):
    handover = offer(sami, case, ports)
    with refused(rules.NOT_IN_THAT_UNIT):
        take(alma, handover, second)
    with refused(rules.NOT_IN_THAT_UNIT):
        take(alma, handover, nils, ana)
    with pytest.raises(NotFound):
        take(alma, handover, petra)
    reader = enrol_officer(unit=ports, roles=[Role.PROSECUTOR], email="r@nfis.example", name="Read Er", password=None)
    with refused(rules.LEADS_NO_CASES):
        take(alma, handover, reader)
    take(alma, handover, nils, reader)


def test_open_tasks_of_those_who_leave_fall_to_the_new_lead(ana, sami, alma, nils, ports, case):
    task = casefiles.set_task(officer=ana, casefile_id=case.pk, title="Ask the bank", assignee_id=ana.pk)
    casefiles.move_task(officer=ana, task_id=task.pk, state="doing")
    take(alma, offer(sami, case, ports), nils)
    assert Task.objects.visible_to(nils).one(task.pk).assignee == nils
    newest = casefiles.open_task(officer=nils, task_id=task.pk).page.rows[0]
    assert (newest.kind, newest.author, newest.assignee) == ("changed", alma, nils)
    assert not ana.notices.filter(done_at=None).exists()
    assert "Ask the bank" in page(nils, "get", "/").text


def test_both_sides_hear_and_the_ledger_has_every_step(ana, sami, alma, nils, ports, case):
    take(alma, offer(sami, case, ports), nils)
    assert "is now Maritime crime&#x27;s" in page(sami, "get", "/").text
    assert "is now Maritime crime&#x27;s" in page(nils, "get", "/").text
    assert "offers your unit" not in page(alma, "get", "/").text
    assert case.title not in page(sami, "get", "/").text
    kinds = list(Event.objects.about(case.pk).filter(kind__contains="hand").values_list("actor_id", flat=True))
    taken = Event.objects.about(case.pk).get(kind="entities.case.taken")
    assert (kinds, taken.actor_id) == ([sami.pk], alma.pk)
    assert page(sami, "get", f"/cases/hand-overs/{Handover.objects.visible_to(sami).get().pk}/").status_code == 200


def test_a_refusal_says_why_and_nothing_moves(ana, sami, alma, ports, case):
    handover = offer(sami, case, ports)
    with pytest.raises(Invalid):
        casefiles.refuse_handover(officer=alma, handover_id=handover.pk, reason=" ")
    casefiles.refuse_handover(officer=alma, handover_id=handover.pk, reason="We have no people.")
    assert CaseFile.objects.visible_to(ana).one(case.pk).unit_id == ana.unit_id
    assert "We have no people." in page(sami, "get", "/").text
    with refused(rules.HANDOVER_DECIDED, Conflict):
        casefiles.withdraw_handover(officer=sami, handover_id=handover.pk, reason="Too late.")
    offer(sami, case, ports)


def test_what_was_withdrawn_is_gone_for_whoever_was_asked(sami, alma, ports, nils, case):
    handover = offer(sami, case, ports)
    with refused(rules.OFFERED_ALREADY, Conflict):
        offer(sami, case, ports)
    with refused(rules.NOT_YOURS_TO_WITHDRAW):
        casefiles.withdraw_handover(officer=alma, handover_id=handover.pk, reason="Mine.")
    casefiles.withdraw_handover(officer=sami, handover_id=handover.pk, reason="It stays ours.")
    for deed in (lambda: take(alma, handover, nils), lambda: casefiles.read_handover(officer=alma, handover_id=handover.pk)):
        with pytest.raises(NotFound):
            deed()
    assert not alma.notices.filter(done_at=None).exists()


def test_an_offer_lapses_after_a_fortnight_and_is_out_of_sight_by_the_clock(sami, alma, ports, nils, case):
    handover = offer(sami, case, ports)
    assert casefiles.lapse_handovers() == 0
    assert casefiles.lapse_handovers(now=handover.lapses_at) == 1
    assert casefiles.lapse_handovers(now=handover.lapses_at) == 0
    assert "did not answer" in page(sami, "get", "/").text
    late = Handover.objects.create(
        casefile=case, from_unit=case.unit, to_unit=ports, reference=case.reference, reason=WHY, proposed_by=sami, lapses_at=timezone.now()
    )
    with pytest.raises(NotFound):
        take(alma, late, nils)


def test_whoever_sees_a_lapsed_offer_with_its_case_does_not_answer_it(sami, alma, ports, nils, case):
    records.change_audience(officer=sami, casefile_id=case.pk, audience="agency", reason="All hands.")
    handover = Handover.objects.create(
        casefile=case, from_unit=case.unit, to_unit=ports, reference=case.reference, reason=WHY, proposed_by=sami, lapses_at=timezone.now()
    )
    with refused(rules.HANDOVER_DECIDED, Conflict):
        actions.accept_handover(officer=alma, handover_id=handover.pk, lead_id=nils.pk)
    with refused(rules.HANDOVER_DECIDED, Conflict):
        casefiles.refuse_handover(officer=alma, handover_id=handover.pk, reason="Too late.")
    assert CaseFile.objects.visible_to(sami).get(pk=case.pk).unit_id == case.unit_id


def test_closing_a_case_takes_it_off_offer(ana, sami, alma, nils, ports, case):
    handover = offer(sami, case, ports)
    casefiles.close_case(officer=sami, casefile_id=case.pk, outcome="charged", reason="Indicted.")
    with pytest.raises(NotFound):
        take(alma, handover, nils)
    assert Handover.objects.visible_to(sami).get().status == "withdrawn"
    with refused(rules.CLOSED, Conflict):
        offer(sami, case, ports)


def test_the_database_lets_an_offer_be_decided_once_and_nothing_else(sami, alma, nils, ports, case):
    handover, rows = offer(sami, case, ports), Handover.objects.visible_to(sami)
    for deed in (lambda: rows.update(reason="Better"), rows.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
    take(alma, handover, nils)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(answer="Better")


def test_a_case_is_offered_and_taken_on_the_pages(ana, sami, alma, nils, ports, case):
    shown = page(sami, "get", f"/cases/{case.pk}/hand-over/").text
    assert "it is given a release instead" in shown
    half = page(sami, "post", f"/cases/{case.pk}/hand-over/", {"unit": "", "reason": "kept words"})
    assert (half.status_code, "kept words" in half.text) == (422, True)
    sent = page(sami, "post", f"/cases/{case.pk}/hand-over/", {"unit": ports.pk, "reason": WHY})
    assert "Withdraw the offer" in page(sami, "get", sent.url).text
    assert "It is offered to Maritime crime." in page(ana, "get", f"/cases/{case.pk}/").text
    assert "Withdraw the offer" not in page(ana, "get", sent.url).text
    assert set(page(alma, "get", sent.url).context["accept"].fields["lead"].queryset) == {alma, nils}
    assert page(alma, "post", f"{sent.url}accept/", {"lead": ""}).status_code == 422
    assert page(alma, "post", f"{sent.url}refuse/", {"reason": ""}).status_code == 422
    assert page(alma, "post", f"{sent.url}accept/", {"lead": nils.pk, "team": [alma.pk]}).status_code == 302
    assert "Open the case" in page(nils, "get", sent.url).text
    assert page(ana, "get", f"/cases/{case.pk}/").status_code == 404


def test_the_machine_door_offers_lists_withdraws_refuses_and_takes(ana, sami, alma, nils, ports, case):
    sent = {"casefile_id": str(case.pk), "unit_id": str(ports.pk), "reason": WHY}
    for answer in ("withdraw", "refuse"):
        made = api(sami, "post", "handovers/", sent)
        assert made.status_code == 201
        who = sami if answer == "withdraw" else alma
        assert api(who, "post", f"handovers/{made.data['id']}/{answer}/", {"reason": "No."}).status_code == 200
    made = api(sami, "post", "handovers/", sent)
    taken = api(alma, "post", f"handovers/{made.data['id']}/accept/", {"lead_id": str(nils.pk)})
    assert taken.data["status"] == "accepted"
    assert [row["status"] for row in api(nils, "get", f"handovers/?casefile_id={case.pk}").data["results"]] == [
        "accepted", "refused", "withdrawn",
    ]  # fmt: skip


def test_taking_withdrawing_and_closing_at_once_end_in_one_of_them(committed_db, ana, sami, alma, nils, ports, case, item):
    def answer(deed, **facts):
        try:
            deed(**facts)
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    ended = set()
    for number in range(4):
        each = casefiles.open_case(officer=ana, title=f"Case {number}", team=[sami.pk])
        handover = offer(sami, each, ports)
        deeds = [
            (actions.accept_handover, {"officer": alma, "handover_id": handover.pk, "lead_id": nils.pk}),
            (casefiles.withdraw_handover, {"officer": sami, "handover_id": handover.pk, "reason": "It stays ours."}),
            (casefiles.close_case, {"officer": sami, "casefile_id": each.pk, "outcome": "other", "reason": "Over."}),
        ]
        turn = deeds[number % 3 :] + deeds[: number % 3]
        with ThreadPoolExecutor(3) as threads:
            said = [future.result(20) for future in [threads.submit(answer, deed, **facts) for deed, facts in turn]]
        row = Handover.objects.unscoped("a test").get(pk=handover.pk)
        file = CaseFile.objects.unscoped("a test").get(pk=each.pk)
        assert row.status in {"accepted", "withdrawn"}
        assert (row.status == "accepted") == (file.unit_id == ports.pk), said
        assert not (row.status == "accepted" and file.status == "closed"), said
        assert who_sees(CaseFile, each.pk, ana, nils) == ({"Nils"} if row.status == "accepted" else {"Ana"})
        ended.add(row.status)
    assert ended


def test_taking_costs_the_same_however_much_hangs_on_the_case(ana, sami, alma, nils, ports, case, django_assert_max_num_queries):
    for _number in range(3):
        note(ana, intelligence.record_item(officer=ana, casefile_id=case.pk, **said()))
    handover, taker = offer(sami, case, ports), Officer.objects.select_related("agency", "unit").get(pk=alma.pk)
    with django_assert_max_num_queries(75):
        take(taker, handover, nils, alma)
