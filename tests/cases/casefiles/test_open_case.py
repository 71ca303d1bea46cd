"""Starting a case file: who may, who sees it then, and what it tells other agencies."""

import itertools
import re

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Officer
from accounts.rules import NOT_YOUR_DEED
from audit.models import Event as Line
from cases.casefiles import actions, rules
from cases.casefiles.models import CaseFile, NoticeMode
from kernel.errors import Invalid, NotAllowed, NotFound
from tests.cases.refusals import refused
from tests.cast import fresh


def open_case(officer: Officer, **facts) -> CaseFile:
    return actions.open_case(officer=officer, **{"title": "Operation Harbor Ledger"} | facts)


def sees(officer: Officer, casefile: CaseFile) -> bool:
    return CaseFile.objects.visible_to(fresh(officer)).filter(pk=casefile.pk).exists()


def test_a_case_is_seen_by_its_team_alone_and_led_by_who_opened_it(cast, ana, sami):
    case = open_case(ana, summary="Reefers invoiced at four times their value.", team=[sami.pk])
    assert {key for key, person in cast.items() if sees(person, case)} == {"ana", "sami"}
    assert case.lead == ana
    assert case.notice_mode == NoticeMode.OWNER_ONLY
    assert Line.objects.get(subject_id=case.pk).kind == "casefiles.casefile.opened"


def test_a_reference_is_drawn_and_tells_nothing_of_how_many_there_are(ana):
    references = {open_case(ana).reference for _each in range(5)}
    assert len(references) == 5
    assert all(re.fullmatch(r"NFIS-20\d\d-[A-HJKMNP-Z2-9]{6}", reference) for reference in references)
    tails = sorted(reference[-6:] for reference in references)
    assert not any(a[:5] == b[:5] for a, b in itertools.pairwise(tails))


def test_a_supervisor_opens_a_case_to_the_unit_with_a_reason_and_both_desks_hear_of_a_match(cast, sami):
    case = open_case(sami, audience="unit", audience_reason="The whole desk works on it.")
    assert case.notice_mode == NoticeMode.BOTH
    assert {key for key, person in cast.items() if sees(person, case)} == {"ana", "sami", "alma"}


def test_auditors_and_administrators_see_no_case_even_where_the_whole_agency_does(cast, sami):
    case = open_case(sami, audience="agency", audience_reason="Everybody is to know.")
    assert {key for key, person in cast.items() if sees(person, case)} == {"ana", "sami", "alma"}


@pytest.mark.parametrize("mode", NoticeMode.values)
def test_who_hears_of_a_match_can_be_chosen(ana, mode):
    assert open_case(ana, notice_mode=mode).notice_mode == mode


def test_an_investigator_cannot_open_a_case_to_more_than_its_team(ana):
    with refused(rules.WIDER_TAKES_SUPERVISOR):
        open_case(ana, audience="agency", audience_reason="Everybody is to know.")


def test_a_wider_audience_takes_a_reason(sami):
    with refused(rules.WIDER_TAKES_REASON):
        open_case(sami, audience="unit", audience_reason=" ")


def test_a_compartment_is_not_opened_to_more_than_its_team(sami):
    with refused(rules.COMPARTMENT_STAYS):
        open_case(sami, audience="unit", audience_reason="Because.", is_compartment=True)


def test_the_database_refuses_a_widened_compartment_and_a_wider_audience_without_reason(ana):
    case = open_case(ana, is_compartment=True)
    for facts in ({"audience": "unit", "audience_reason": "x"}, {"is_compartment": False, "audience": "agency"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseFile.objects.unscoped("test").filter(pk=case.pk).update(**facts)


def test_an_officer_of_another_agency_is_not_put_on_a_team(ana, bela):
    with pytest.raises(NotFound):
        open_case(ana, team=[bela.pk])
    assert not CaseFile.objects.unscoped("test").exists()


def test_an_auditor_is_not_put_on_a_team(ana, iris):
    with refused(rules.ROLE_READS_NO_CASES):
        open_case(ana, team=[iris.pk])


def test_a_prosecutor_who_only_reads_opens_no_case(petra):
    with refused(NOT_YOUR_DEED):
        open_case(petra)


def test_a_unit_of_another_agency_looks_like_no_unit(ana, bela):
    with pytest.raises(Invalid):
        open_case(ana, unit_id=bela.unit_id)


def test_every_unit_keeps_one_standing_file_which_its_whole_unit_works_in(cast, ana, sami):
    standing = actions.keep_standing_file(officer=ana, unit_id=ana.unit_id)
    assert actions.keep_standing_file(officer=sami, unit_id=sami.unit_id) == standing
    assert {key for key, person in cast.items() if sees(person, standing)} == {"ana", "sami", "alma"}
    actions.write_note(officer=sami, casefile_id=standing.pk, text="Put what has no case here.")


@pytest.mark.parametrize("who", ["bela", "adam", "iris", "petra"])
def test_a_standing_file_is_not_made_by_others(cast, ana, who):
    with pytest.raises((NotAllowed, Invalid)):
        actions.keep_standing_file(officer=fresh(cast[who]), unit_id=ana.unit_id)
