"""What a failed confirmation leaves behind, whatever becomes of the request; and that guessing in parallel gains nothing."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.db import connection

from accounts import proofs
from accounts.models import Proof
from accounts.roles import Deed
from audit.models import Event
from kernel.errors import NotAllowed


def test_guesses_at_once_are_counted_one_by_one(committed_db, sami):
    release_id = uuid4()

    def guess(number: int) -> str:
        try:
            proofs.check(sami, Deed.RELEASES_APPROVE, release_id, "a" * 64, {"proof_password": f"guess {number}"})
        except NotAllowed as refused:
            return refused.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(guess, range(12)))
    assert answers.count("accounts.proof-failed") == 5
    assert answers.count("accounts.proof-too-often") == 7
    assert Proof.objects.filter(officer=sami, failed_at__isnull=False).count() == 5
    assert Event.objects.filter(kind="accounts.proof.failed", actor_id=sami.pk).count() == 12


def test_a_proof_is_spent_by_one_of_two_at_once(committed_db, sami):
    release_id = uuid4()
    from_portal = proofs.check(sami, Deed.RELEASES_APPROVE, release_id, "a" * 64, {"proof_password": "harbor-ledger-2026"})

    def spend(_number: int) -> bool:
        try:
            proofs.spend(from_portal, sami, Deed.RELEASES_APPROVE, release_id, "a" * 64)
        except NotAllowed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(spend, range(4))) == [False, False, False, True]
