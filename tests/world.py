"""Five agencies at work at once, all their things reached by deeds, and a word planted in each that nobody else may ever read.

A planted word is a canary: it has an owner, and a list of those of the cast to whom it was shown on purpose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import connections, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts import proofs
from accounts.actions import Hand, Place, found_unit, keep_draft, make_token
from accounts.grants import join
from accounts.models import Notice, Officer
from accounts.roles import Deed
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile, NoticeMode
from cases.entities import actions as entities
from cases.entities.models import Subject
from cases.entities.transport import Column, Reading, TableMapping
from cases.intelligence import actions as intelligence
from cases.records.models import Rendition
from portal.demo.cast import PASSWORD, enrol_cast, found_agencies
from sharing.agreements.models import Agreement
from sharing.deconfliction import actions as deconfliction
from sharing.deconfliction.models import HitSide
from sharing.joint import actions as joint
from sharing.joint.models import JointCase, Party
from sharing.releases import actions as releases
from sharing.releases.actions import Plan
from sharing.releases.models import Release
from tests import cargo, services
from tests.agreed import agree
from tests.between import SAID, happen_between, table_of_payments
from tests.cast import fresh, one_supervisor_is_enough
from tests.judged import merged, related
from tests.sharing.joint.giving import give
from tests.steps import discuss, rule
from tests.walled import advise

LAGOON = "+99 55 014 7720"


@dataclass
class World:
    """Who there is, what there is by the name its address has for it, and which words were planted for whom."""

    people: dict[str, Officer]
    things: dict[str, dict[UUID, frozenset[str]]] = field(default_factory=dict)
    canaries: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def plant(self, what: str, *shown_to: str) -> str:
        """A word that occurs nowhere else; `shown_to` may read it."""
        word = "zq" + "".join(c for c in hashlib.sha256(what.encode()).hexdigest() if c.isalpha())[:9]
        assert word not in self.canaries, what
        self.canaries[word] = (what, frozenset(shown_to))
        return word

    def place(self, kind: str, thing: UUID, *shown_to: str) -> None:
        """A thing with an address of its own, which exists for `shown_to` alone."""
        self.things.setdefault(kind, {})[thing] = frozenset(shown_to)

    def hidden_from(self, key: str) -> dict[str, str]:
        return {word: what for word, (what, shown_to) in self.canaries.items() if key not in shown_to}

    def shown_to(self, key: str) -> dict[str, str]:
        return {word: what for word, (what, shown_to) in self.canaries.items() if key in shown_to}


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world on a clone of its own, for all tests of a module: each has it as it was, in a transaction that is rolled back."""
    database = f"{services.own_database()}_{request.module.__name__.rpartition('.')[2]}"
    settings = connections.settings["default"]
    usual = settings["NAME"]
    with services.clone(database):
        try:
            with django_db_blocker.unblock():
                connections["default"].close()
                settings["NAME"] = database
                made = build(one_supervisor_is_enough(enrol_cast(found_agencies())))
            yield made
        finally:
            with django_db_blocker.unblock():
                connections["default"].close()
                settings["NAME"] = usual


def build(people: dict[str, Officer]) -> World:
    """Tell a story in which everything happens once."""
    world = World({key: fresh(officer) for key, officer in people.items()})
    agree(world, ("sami", "breno", "petra"), ["ana", "sami", "alma", "iris", "bela", "breno", "petra"])
    agree(world, ("sami", "sofia"), ["ana", "sami", "alma", "iris", "tomas", "sofia"])
    ours = _case(world, "ana", "sami")
    theirs = _case(world, "bela", "breno")
    directed = _case(world, "tomas", "sofia")
    _case(world, "otto")
    rule(world)
    _link(world, ours, _case(world, "ana", name="compartment", is_compartment=True))
    _offer(world, ours)
    _give(world, ours)
    _receive(world, theirs, ours)
    advise(world, directed.file.pk, _work_jointly(world).pk)
    while deconfliction.compare_changes(now=timezone.now(), limit=500):
        pass
    _compare(world)
    _waiting(world)
    _begin(world, ours, theirs)
    return world


@dataclass
class Planted:
    """One case with one of everything in it."""

    owner: Officer
    readers: tuple[str, ...]
    file: CaseFile
    item: Rendition
    other: Rendition
    tear_line: Rendition
    subject: Subject


def _case(world: World, key: str, *team: str, name: str = "", **facts: Any) -> Planted:
    owner, readers = world.people[key], (key, *team)

    def word(what: str) -> str:
        return world.plant(f"{name or key}: {what}", *readers)

    file = casefiles.open_case(
        officer=owner, title=f"{word('title')} ledger", summary=f"{word('summary')} of it", team=_others(world, team),
        notice_mode=NoticeMode.BOTH, **facts,
    )  # fmt: skip
    for supervisor in (world.people[one] for one in team):
        casefiles.close_case(officer=supervisor, casefile_id=file.pk, outcome="unsolved", reason=f"{word('closing')} led nowhere")
        casefiles.reopen_case(officer=supervisor, casefile_id=file.pk, reason=f"{word('opening again')} came in")
    note = casefiles.write_note(officer=owner, casefile_id=file.pk, text=f"{word('first words')} was seen", tell=_others(world, team))
    casefiles.change_note(officer=owner, note_id=note.pk, number=1, text=f"{word('note')} was seen", reason=word("reason of a change"))
    task = casefiles.set_task(officer=owner, casefile_id=file.pk, title=f"{word('task')} to be found", assignee_id=owner.pk)
    casefiles.comment_task(officer=owner, task_id=task.pk, text=f"{word('comment')} was heard", tell=_others(world, team))
    casefiles.end_task(officer=owner, task_id=task.pk)
    casefiles.reopen_task(officer=owner, task_id=task.pk, reason=f"{word('taking up again')} came up")
    offence = casefiles.add_offence(officer=owner, casefile_id=file.pk, code="07041", place=f"{word('offence')} quay")
    other = casefiles.add_reference(officer=owner, casefile_id=file.pk, kind="court", number=word("reference"), body=word("court"))
    casefiles.enter_decision(
        officer=owner, casefile_id=file.pk, decided_by_id=owner.pk, decided_on=date(2024, 1, 2), what=word("decision"),
        why=word("why"), basis=word("basis"),
    )  # fmt: skip
    items = [_item(world, owner, file, word(f"item {n}"), word(f"paragraph {n}")) for n in (1, 2)]
    tear_line = intelligence.make_tear_line(
        officer=owner, rendition_id=items[0].pk, title=f"{word('tear-line')} in short", handling_code="H1",
        paragraphs=[_says(owner, word("tear-line paragraph"))],
    )  # fmt: skip
    mentions = [
        entities.note_mention(
            officer=owner, rendition_id=item.pk, etype="person", name=f"{word(f'mention {n}')} Quintela",
            identifiers=[{"type": "phone", "raw": LAGOON}, {"type": "other", "raw": word(f"identifier {n}")}],
            attributes={"aliases": [word(f"alias {n}")]},
        )
        for n, item in enumerate(items)
    ]  # fmt: skip
    for n, item in enumerate(items):
        happen_between(owner, item, mentions[n], word, n)
    subject = entities.make_subject(officer=owner, mention_ids=[each.pk for each in mentions], label=f"{word('subject')} Quintela")
    entities.change_subject(officer=owner, subject_id=subject.pk, category="suspect", category_reason=f"{word('category')} says so")
    if key in {"ana", "bela"} and not name:
        _imported(world, owner, file, word, readers)
        world.place("import_id", table_of_payments(owner, file, word), *readers)
    for kind, thing in cargo.ship(owner, file, word, cited=items[0]).items():
        world.place(kind, thing, *readers)
    double = entities.note_mention(
        officer=owner, rendition_id=items[1].pk, etype="vessel", name=f"{word('double')} Dourada", paragraph=1,
        attributes={"aliases": [word("name of a double")]},
    )  # fmt: skip
    single = entities.note_mention(officer=owner, rendition_id=items[1].pk, etype="vessel", name=f"{word('single')} Dourada")
    held = entities.hold_apart(officer=owner, mention_id=double.pk, other_id=single.pk)
    mentions += [double, single]
    second = entities.make_subject(officer=owner, mention_ids=[single.pk], label=f"{word('second ship')} Dourada")
    ship = entities.make_subject(officer=owner, mention_ids=[double.pk], label=f"{word('ship')} Dourada")
    merged(world, owner, second, items[1], word, readers)
    related(world, owner, (subject, ship), items, word, readers)
    world.place("pair_id", held.pk, *readers)
    world.place("casefile_id", file.pk, *readers)
    world.place("note_id", note.pk, *readers)
    world.place("task_id", task.pk, *readers)
    world.place("offence_id", offence.pk, *readers)
    world.place("reference_id", other.pk, *readers)
    world.place("subject_id", subject.pk, *readers)
    for rendition in (*items, tear_line):
        world.place("rendition_id", rendition.pk, *readers)
        world.place("record_id", rendition.record_id, *readers)
    for mention in mentions:
        world.place("mention_id", mention.pk, *readers)
    return Planted(owner, readers, file, items[0], items[1], tear_line, subject)


def _link(world: World, one: Planted, other: Planted) -> None:
    """Two links, one of them taken back; there for whoever reads both cases, as if they were not for whoever reads one of them."""
    both = [key for key in one.readers if key in other.readers]
    said: dict[str, Any] = {"officer": one.owner, "casefile_id": one.file.pk, "reference": other.file.reference}
    links = [
        casefiles.link_cases(**said, kind=kind, reason=f"{world.plant(f'{kind} link', *both)} in both") for kind in ("related", "parent")
    ]
    casefiles.unlink_cases(officer=one.owner, link_id=links[1].pk, reason=f"{world.plant('end of a link', *both)} was wrong")
    for link in links:
        world.place("link_id", link.pk, *both)


def _imported(world: World, owner: Officer, file: CaseFile, word: Callable[[str], str], readers: tuple[str, ...]) -> None:
    """A table of one good row and a bad one, checked and remembered; and a second one taken in."""
    for nth, title in enumerate((word("register to come"), word("register"))):
        good, bad = f"{word(f'cell {nth}')};{word(f'number {nth}')};1990", f"{word(f'other cell {nth}')};;{word(f'fault {nth}')}"
        table = f"Name;{word(f'column {nth}')};Born\n{good}\n{bad}\n"
        job = entities.upload_file(
            officer=owner, casefile_id=file.pk, name=f"{word(f'file {nth}')}.csv", content=ContentFile(table.encode(), "table")
        )
        columns = [Column(head, field) for head, field in zip(job.first[0][0][1], ("name", "number:other", "born"), strict=True)]
        plan = entities.Plan(Reading(**job.reading), TableMapping(1, "dmy", "person", columns), f"{title} list", "H1")
        entities.map_import(officer=owner, import_id=job.pk, plan=plan)
        entities.work_on_imports(now=timezone.now())
        world.place("import_id", job.pk, *readers)
    entities.keep_mapping(officer=owner, import_id=job.pk, name=f"{word('mapping')} columns")
    entities.start_import(officer=owner, import_id=job.pk)
    entities.work_on_imports(now=timezone.now())


def _offer(world: World, ours: Planted) -> None:
    """To a second unit of the agency, that Alma supervises too: once withdrawn, and once waiting for her, who reads the cover."""
    sami, alma = world.people["sami"], world.people["alma"]
    unit = found_unit(agency=sami.agency, name="Maritime crime", desk={"name": "NFIS ports desk", "hours": "24 hours", "languages": ["en"]})
    with transaction.atomic():
        join(alma, unit.group)
    for readers in (ours.readers, (*ours.readers, "alma")):
        reason = f"{world.plant(f'hand-over read by {readers}', *readers)} is a matter of the ports"
        offered = casefiles.propose_handover(officer=sami, casefile_id=ours.file.pk, unit_id=unit.pk, reason=reason)
        world.place("handover_id", offered.pk, *readers)
        if "alma" not in readers:
            casefiles.withdraw_handover(officer=sami, handover_id=offered.pk, reason=f"{world.plant('withdrawal', *readers)} came back")


def _others(world: World, keys: Iterable[str]) -> list[UUID]:
    return [world.people[key].pk for key in keys]


def _says(officer: Officer, text: str) -> dict[str, Any]:
    code = {"admiralty": ("B", "2"), "europol": ("B", "2")}[officer.agency.grading_scheme]
    return {
        "text": f"{text} is what was said.", "kind": "information", "scheme": officer.agency.grading_scheme, "source_code": code[0],
        "information_code": code[1], "handling_scheme": "europol", "handling_code": "H1",
    }  # fmt: skip


def _item(world: World, officer: Officer, file: CaseFile, title: str, text: str) -> Rendition:
    return intelligence.record_item(
        officer=officer, casefile_id=file.pk, title=f"{title} report", handling_code="H1", paragraphs=[_says(officer, text)]
    )


def _ask(world: World, case: Planted, chosen: Rendition, taker: str, *, named: bool, note: str, **more: Any) -> Release:
    officer = world.people[taker]
    whom = {"officer_ids": [officer.pk]} if named else {"unit_id": officer.unit_id}
    plan = Plan(
        recipient_id=officer.agency_id, rendition_ids=[chosen.pk], purpose="investigation", legal_basis=f"{note} article 7",
        cover_note=f"{note} for you", ends_at=timezone.now() + timedelta(days=90), **whom, **more,
    )  # fmt: skip
    draft = releases.draft_release(officer=case.owner, casefile_id=case.file.pk, plan=plan)
    return releases.request_release(officer=case.owner, release_id=draft.pk)


def _approve(world: World, supervisor: str, release: Release) -> None:
    officer = world.people[supervisor]
    proof = proofs.check(officer, Deed.RELEASES_APPROVE, release.pk, release.content_hash, {"proof_password": PASSWORD})
    releases.approve_release(officer=officer, release_id=release.pk, proof=proof)


def _give(world: World, ours: Planted) -> None:
    """From Ana's case: one release accepted, one not yet, one awaiting approval, one refused, one recalled."""
    inside, sami = ("ana", "sami"), world.people["sami"]
    accepted = _ask(
        world, ours, ours.item, "bela", named=False, note=world.plant("accepted release", *inside, "bela", "breno"), header="reference"
    )
    _approve(world, "sami", accepted)
    releases.accept_release(officer=world.people["bela"], release_id=accepted.pk)
    world.place("release_id", accepted.pk, *inside, "bela", "breno")
    _also_shown(world, ours.item, *SAID["ana"], to="bela")
    covered = _ask(world, ours, ours.tear_line, "bela", named=True, note=world.plant("release not yet accepted", *inside, "bela"))
    _approve(world, "sami", covered)
    world.place("release_id", covered.pk, *inside, "bela")
    awaiting = _ask(world, ours, ours.other, "tomas", named=True, note=world.plant("release awaiting approval", *inside))
    world.place("release_id", awaiting.pk, *inside)
    discuss(world, awaiting.pk, *inside)
    refused = _ask(world, ours, ours.other, "sofia", named=True, note=world.plant("refused release", *inside))
    releases.refuse_release(officer=sami, release_id=refused.pk, reason=f"{world.plant('reason of a refusal', *inside)} forbids it")
    world.place("release_id", refused.pk, *inside)
    recalled = _ask(world, ours, ours.other, "tomas", named=True, note=world.plant("recalled release", *inside, "tomas"))
    _approve(world, "sami", recalled)
    releases.accept_release(officer=world.people["tomas"], release_id=recalled.pk)
    releases.recall_release(officer=sami, release_id=recalled.pk, reason=f"{world.plant('reason of a recall', *inside)} changed")
    world.place("release_id", recalled.pk, *inside, "tomas")


def _receive(world: World, theirs: Planted, ours: Planted) -> None:
    """From Bela's case to Ana, who concludes that their person is hers: a judgement that Bela never learns of."""
    given = _ask(world, theirs, theirs.item, "ana", named=True, note=world.plant("release to Ana", "bela", "breno", "ana"))
    _approve(world, "breno", given)
    releases.accept_release(officer=world.people["ana"], release_id=given.pk)
    world.place("release_id", given.pk, "bela", "breno", "ana")
    _also_shown(world, theirs.item, *SAID["bela"], to="ana")
    ana = world.people["ana"]
    received = entities.list_mentions(officer=ana, rendition_id=theirs.item.pk).page.rows
    entities.group_mentions(officer=ana, subject_id=ours.subject.pk, mention_ids=[row.mention.pk for row in received])


def _also_shown(world: World, rendition: Rendition, *what: str, to: str) -> None:
    for word, (said, shown_to) in world.canaries.items():
        if said in what:
            world.canaries[word] = (said, shown_to | {to})
    for kind, thing in (("rendition_id", rendition.pk), ("record_id", rendition.record_id)):
        world.things[kind][thing] |= {to}


def _work_jointly(world: World) -> JointCase:
    """A joint case of NFIS, SIC and NPS: Ana, Sami, Bela and Petra are on its team; Alma and Breno, who supervise, see its cover."""
    sami, breno, ana, bela, petra = (world.people[key] for key in ("sami", "breno", "ana", "bela", "petra"))
    team = ("ana", "sami", "bela", "petra")
    agreed = Agreement.objects.unscoped("a test looks").between(sami.agency_id, breno.agency_id).get()
    case = joint.open_joint_case(
        officer=sami, agreement_id=agreed.pk, partner_ids=[breno.agency_id, petra.agency_id], purpose="investigation",
        title=f"{world.plant('joint title', *team)} together", summary=f"{world.plant('joint summary', *team)} of it",
    )  # fmt: skip
    for supervisor in (breno, petra):
        joint.join_joint_case(officer=supervisor, joint_id=case.pk)
    joint.admit_officer(officer=sami, joint_id=case.pk, member_id=ana.pk)
    joint.admit_officer(officer=petra, joint_id=case.pk, member_id=petra.pk)
    admission = joint.admit_officer(officer=breno, joint_id=case.pk, member_id=bela.pk)
    world.place("joint_id", case.pk, *team, "alma", "breno")
    world.place("admission_id", admission.pk, *team, "breno")
    for officer, home in ((ana, ("ana", "sami")), (bela, ("bela", "breno"))):
        key = home[0]
        joint.write_entry(
            officer=officer, joint_id=case.pk, text=f"{world.plant(f'joint entry of {key}', *team)} was agreed", kind="decision"
        )
        file = Party.objects.unscoped("a test looks").get(joint=case, agency=officer.agency_id).casefile_id
        home_file = CaseFile.objects.unscoped("a test looks").get(pk=file)
        world.place("casefile_id", home_file.pk, *home)
        readers = {*team, *home}
        kept = _item(
            world, officer, home_file, world.plant(f"kept at home by {key}", *home), world.plant(f"kept paragraph of {key}", *home)
        )
        item = _item(
            world, officer, home_file, world.plant(f"given by {key}", *readers), world.plant(f"given paragraph of {key}", *readers)
        )
        waits = _item(world, officer, home_file, world.plant(f"about to be given by {key}", *home), f"{key} waits for a second look.")
        give(officer, world.people[home[1]], case, item)
        asked = joint.contribute(officer=fresh(officer), joint_id=case.pk, rendition_id=waits.pk)
        world.place("contribution_id", asked.pk, *home)
        for rendition, shown in ((kept, home), (item, readers), (waits, home)):
            world.place("rendition_id", rendition.pk, *shown)
            world.place("record_id", rendition.record_id, *shown)
    return case


def _compare(world: World) -> None:
    """Both desks were told of the number they share."""
    for side in HitSide.objects.unscoped("a test looks at every side"):
        desk = [key for key, officer in world.people.items() if HitSide.objects.visible_to(fresh(officer)).filter(pk=side.pk).exists()]
        world.place("side_id", side.pk, *desk)


def _begin(world: World, ours: Planted, theirs: Planted) -> None:
    """Everybody has typed a note into Ana's case and into Bela's, whether they see it or not: words that no page shows unasked."""
    for key, officer in world.people.items():
        for nth, case in enumerate((ours, theirs)):
            hand, place = Hand(uuid4(), uuid4()), Place("note", f"/cases/{case.file.pk}/notes/")
            kept = keep_draft(officer=officer, hand=hand, place=place, typed={"text": [world.plant(f"draft {nth} of {key}")]})
            world.place("draft_id", kept.draft.key, key)


def _waiting(world: World) -> None:
    for key, officer in world.people.items():
        token, _text = make_token(officer=officer, name=f"{world.plant(f'token of {key}', key)} program", days=1)
        world.place("token_id", token.pk, key)
        world.place("member_id", officer.pk, *world.people)
        for notice in Notice.objects.filter(officer=officer):
            world.place("notice_id", notice.pk, key)
