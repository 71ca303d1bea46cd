"""The human history names fields and masks content."""

import pytest
from auditlog.models import LogEntry
from django.apps import apps

from accounts import actions
from accounts.models import ApiToken, Officer
from cases.casefiles.models import CaseFile
from portal.fielddiffs import book

ROOMS = {
    "accounts",
    "casefiles",
    "records",
    "entities",
    "intelligence",
    "consignments",
    "agreements",
    "releases",
    "deconfliction",
    "prosecution",
}
UNREGISTERED = {
    "Bookmark",
    "Draft",
    "Notice",
    "Proof",
    "ApiReply",
    "Intake",
    "FileImport",
    "ImportMapping",
    "MentionChange",
    "NameKey",
    "ComparedPair",
    "Principal",
}
CANARY = "Harbor Ledger canary"


def entries(model, pk):
    return list(LogEntry.objects.filter(content_type__model=model._meta.model_name, object_pk=str(pk)).order_by("timestamp"))


def test_every_model_is_registered_or_known_to_be_no_history():
    ours = {model for model in apps.get_models() if model._meta.app_label in ROOMS}
    assert {model.__name__ for model in ours - set(book.get_models())} == UNREGISTERED


def a_case(officer) -> CaseFile:
    case = CaseFile(
        agency=officer.agency, unit=officer.unit, reference=f"{CANARY} 1", title=CANARY, lead=officer, team=officer.personal_group
    )
    case.save(force_insert=True)
    return case


@pytest.mark.django_db
def test_a_change_names_its_fields_its_officer_and_its_request(client, ana):
    client.force_login(ana)
    answer = client.post("/account/display/", {"theme": "dark"})
    [*_created, entry] = entries(Officer, ana.pk)
    assert entry.changes == {"theme": ["", "dark"]}
    assert entry.actor_id == ana.pk
    assert entry.cid == answer.headers["X-Request-Id"]


@pytest.mark.django_db
def test_content_is_masked_and_the_row_named_by_its_id(ana):
    case = a_case(ana)
    case.title, case.status = f"{CANARY} renamed", CaseFile.Status.DORMANT
    case.save(update_fields=["title", "status"])
    made, changed = entries(CaseFile, case.pk)
    assert changed.changes == {"title": ["masked", "masked"], "status": ["open", "dormant"]}
    assert made.object_repr == f"casefile {case.pk}"
    assert CANARY not in str(
        [(entry.changes, entry.object_repr, entry.additional_data, entry.serialized_data) for entry in (made, changed)]
    )


@pytest.mark.django_db
def test_no_secret_is_kept(ana):
    ana.set_password("another long passphrase")
    ana.save(update_fields=["password"])
    token, text = actions.make_token(officer=ana, name="export", days=3)
    kept = entries(Officer, ana.pk) + entries(ApiToken, token.pk)
    assert all("password" not in entry.changes and "digest" not in entry.changes for entry in kept)
    assert text not in str([entry.changes for entry in kept])
