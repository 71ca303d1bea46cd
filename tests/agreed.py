"""Agreements for the world of the tests, with a word planted in each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from sharing.agreements import actions as agreements
from sharing.agreements.models import Agreement
from tests.cast import signed

if TYPE_CHECKING:
    from tests.world import World


def agree(world: World, signers: tuple[str, ...], readers: Iterable[str]) -> None:
    people = [world.people[key] for key in signers]
    title = world.plant(f"agreement of {signers}", *readers)
    agreement: Agreement = agreements.draft_agreement(
        officer=people[0], title=f"{title} treaty", reference=f"{world.plant(f'treaty number of {signers}', *readers)}-1",
        parties=[each.agency_id for each in people], handling_codes=["europol:H0", "europol:H1", "europol:H2"],
        articles=[{"number": "7", "text": "For investigations.", "purposes": ["investigation"]}], covers_deconfliction=True,
        starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() + timedelta(days=900),
    )  # fmt: skip
    for signer in people:
        signed(signer, agreement)
    world.place("agreement_id", agreement.pk, *readers)
    world.place("version_id", agreement.versions.get().pk, *readers)
