"""No line, no deed and no read; and what was refused stays written when all else is rolled back. With real commits."""

from collections.abc import Iterator

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.db import ProgrammingError, transaction
from django.test import Client
from psycopg import sql

from accounts import actions as people
from accounts.models import Appointment, Officer
from accounts.roles import Role
from audit import actions, ledger
from audit.events import Event as Kind
from audit.models import Event
from kernel.errors import NotAllowed
from portal.demo.cast import PASSWORD
from tests.cast import fresh
from tests.totp import code_of


@pytest.fixture
def owner(committed_db: str) -> Iterator[psycopg.Connection]:
    """The schema's owner, as whom migrations run and nobody else."""
    with psycopg.connect(committed_db.replace("meridian_app@", "meridian_migrator@"), autocommit=True) as connected:
        connected.execute("SET ROLE meridian_owner")
        yield connected


@pytest.fixture
def _broken_ledger(cast: dict[str, Officer], owner: psycopg.Connection) -> None:
    """The portal may no longer append."""
    owner.execute("REVOKE INSERT (id) ON audit_event FROM meridian_app")


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit_event SET decision = ''",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "DELETE FROM audit_payload",
        "TRUNCATE audit_payload",
    ],
)
def test_even_the_owner_is_refused_by_the_triggers(owner: psycopg.Connection, deed):
    with transaction.atomic():
        ledger.record("audit.test.line", actor=None, text="what was said")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute(sql.SQL(deed))


@pytest.mark.usefixtures("_broken_ledger")
def test_a_deed_whose_line_cannot_be_written_does_nothing(adam: Officer, ana: Officer):
    deeds = (
        lambda: people.dismiss_officer(by=adam, officer_id=ana.pk),
        lambda: people.appoint(by=adam, officer_id=ana.pk, role=Role.SUPERVISOR),
        lambda: people.withdraw_role(by=adam, officer_id=ana.pk, role=Role.INVESTIGATOR),
    )
    for deed in deeds:
        with pytest.raises(ProgrammingError, match="permission denied"):
            deed()
    assert fresh(ana).is_active
    assert fresh(ana).roles == {Role.INVESTIGATOR}
    assert Appointment.objects.filter(officer=ana, until=None).count() == 1


@pytest.mark.usefixtures("_broken_ledger")
def test_what_cannot_be_written_down_is_not_read(iris: Officer):
    with pytest.raises(ProgrammingError, match="permission denied"):
        actions.list_events(officer=iris)


def test_how_an_officer_signs_in_changes_with_its_line_or_not_at_all(client: Client, ana: Officer, owner: psycopg.Connection):
    client.raise_request_exception = False
    client.post("/account/login/", {"login": ana.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get("/account/2fa/totp/activate/")
    code = code_of(client.session["mfa.totp.secret"])
    new = {"oldpassword": PASSWORD, "password1": "quiet-harbor-lantern-77", "password2": "quiet-harbor-lantern-77"}
    owner.execute("REVOKE INSERT (id) ON audit_event FROM meridian_app")
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 500
    assert client.post("/account/password/change/", new).status_code == 500
    assert not Authenticator.objects.filter(user=ana).exists()
    assert fresh(ana).check_password(PASSWORD)


def test_a_line_falls_with_its_deed(ana: Officer):
    with transaction.atomic():
        ledger.record("audit.test.line", actor=ana)
        assert Event.objects.filter(kind="audit.test.line").exists()
        transaction.set_rollback(True)
    assert not Event.objects.filter(kind="audit.test.line").exists()


def test_a_refusal_outlives_what_was_rolled_back(committed_db: str, bela: Officer, ana: Officer):
    """As the doors do it: the deed raises and is undone, then the refusal is written in a transaction of its own."""
    with pytest.raises(NotAllowed) as refused:
        people.dismiss_officer(by=bela, officer_id=ana.pk)
    ledger.record_refusal(Kind.REQUEST_REFUSED, actor=bela, decision=refused.value.code)
    with psycopg.connect(committed_db) as elsewhere:
        lines = elsewhere.execute("SELECT actor_id, decision FROM audit_event WHERE kind = %s", [Kind.REQUEST_REFUSED.value]).fetchall()
    assert lines == [(bela.pk, "accounts.other-agency")]
    assert fresh(ana).is_active


def test_a_refusal_is_never_written_inside_what_will_be_rolled_back(bela: Officer):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        ledger.record_refusal(Kind.REQUEST_REFUSED, actor=bela, decision="accounts.other-agency")


def test_outside_a_transaction_nothing_is_recorded(committed_db):
    with pytest.raises(transaction.TransactionManagementError):
        ledger.record("audit.test.line", actor=None)
    assert not Event.objects.filter(kind="audit.test.line").exists()
