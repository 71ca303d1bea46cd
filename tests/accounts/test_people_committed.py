"""Setting up people at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts import actions
from accounts.models import Deputy, Officer
from accounts.roles import Role
from tests.waiting import until_somebody_waits


@pytest.mark.parametrize("turned_round", [False, True])
def test_two_who_name_each_other_deputy_do_not_wait_for_each_other(committed_db, ana, alma, turned_round):
    """Officers are held in one order, whoever stands in for whom: one who waits for the first holds no other."""
    first, second = sorted((ana, alma), key=lambda officer: officer.pk)
    officer, deputy = (second, first) if turned_round else (first, second)
    [role] = officer.roles
    when = {"since": timezone.now(), "until": timezone.now() + timedelta(days=1), "reason": "Leave"}

    def name() -> Deputy:
        try:
            return actions.name_deputy(by=officer, officer_id=officer.pk, deputy_id=deputy.pk, role=Role(role), **when)
        finally:
            connection.close()

    rows = Officer.objects.select_for_update(of=("self",), nowait=True)
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            rows.get(pk=first.pk)
            naming = threads.submit(name)
            until_somebody_waits()
            assert rows.get(pk=second.pk) == second
        assert naming.result().deputy == deputy
