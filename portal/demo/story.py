"""Operation Harbor Ledger: over-invoiced refrigerated cargo from Grayhaven by Bahía Larga to Porto Almada. All of it is fictional.

The story is told by the same actions that the doors call, so whatever a person of the cast finds on their desk has really happened.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from accounts import actions as accounts
from accounts import proofs
from accounts.grants import join
from accounts.models import Officer
from accounts.roles import Deed
from cases.casefiles import actions as casefiles
from cases.casefiles.models import CaseFile, NoticeMode
from cases.entities import actions as entities
from cases.intelligence import actions as intelligence
from cases.records.models import Rendition
from portal.demo import cast, dealings, tables
from portal.demo.cargo import ship
from portal.demo.jointly import work_jointly
from portal.demo.related import judge_relations
from sharing.agreements import actions as agreements
from sharing.agreements.models import Agreement, Purpose
from sharing.deconfliction import actions as deconfliction
from sharing.prosecution import actions as prosecution
from sharing.releases import actions as releases
from sharing.releases.actions import Plan
from sharing.releases.models import Release

LAGOON = "+99 55 014 7720"
CODES = ["europol:H0", "europol:H1", "europol:H2"]
ARTICLES = [
    {"number": "7", "text": "Information for criminal investigations of either party.", "purposes": [Purpose.INVESTIGATION]},
    {"number": "12", "text": "Evidence for proceedings on money laundering and smuggling.", "purposes": [Purpose.PROSECUTION]},
]
Said = tuple[str, str, str]
"""One paragraph: its grade (two characters of the agency's scale), its handling code, its text."""

HARBOR_LEDGER = (
    "Refrigerated containers booked by Harrow & Finch Cold Storage are invoiced at three to five times market value, then paid from "
    "accounts in Costa Aurélia held by Polar Brisa Logística. Eleven shipments since March follow the pattern. The open question is who "
    "approves the invoices."
)
PAPER_LIGHTHOUSE = "Shell insurers, and premium refunds that never reach the insured."
PORTO_FRIO = "Carga refrigerada com destino a Porto Almada, paga por contas da Polar Brisa Logística."
BODEGA = "La bodega es domicilio de la empresa: el registro requiere orden judicial. Prepare los hechos y yo la solicito."
MUELLE_SUR = "Contenedores refrigerados que hacen escala en Bahía Larga sin declaración de tránsito."
FOREMAN = "The foreman will talk again **after his shift on Thursday**. Before that:\n\n- who books the berth\n- who pays the driver"
BEGUN = "The weighbridge keeps its tickets for **ninety days**. Ask for those of the reefers before"
INVOICES: list[Said] = [
    ("A1", "H0", "Seven invoices of Harrow & Finch Cold Storage to Polar Brisa Logística: frozen tuna at unit prices 380 % over market."),
    ("A1", "H0", "All seven name the container QZLU 448120 3 or its sister, loaded at Grayhaven and discharged at Porto Almada."),
]
INTERVIEW: list[Said] = [
    ("B2", "H2", f"The driver of the white lorry calls himself Tio and is reached on {LAGOON}."),
    ("B2", "H2", "The foreman's son Ilario, 15, saw the driver twice. The driver will travel to Bahía Larga on 19 November 2026."),
    ("F6", "H2", "Provenance: volunteered by the foreman at the quay, without witnesses."),
]
TEAR_LINE: list[Said] = [("B2", "H1", f"A driver who calls himself Tio is reached on {LAGOON} and travels by Bahía Larga.")]
SOURCE_REPORT: list[Said] = [
    ("C3", "H3", "Somebody of the owner's family approves the invoices, and comes to the warehouse on Fridays."),
]
BERTH: list[Said] = [
    ("B2", "H2", f"O navio Corvina Dourada passou ao terminal 4 duas horas antes da chegada, a pedido de quem usa o número {LAGOON}."),
]


def load() -> None:
    """Tell the whole story into an empty database."""
    people = cast.enrol_cast(cast.found_agencies())
    cast.name_advisers()
    people = {key: Officer.objects.select_related("agency__jurisdiction", "unit").get(pk=officer.pk) for key, officer in people.items()}
    liaison = _agree("Liaison agreement on financial crime", "LA-2024/3", *(people[key] for key in ("sami", "breno", "petra")))
    _agree("Mutual assistance treaty, operational annex", "MAT-2019/12", people["sami"], people["sofia"])
    theirs = _porto_frio(people)
    ours = _harbor_ledger(people)
    _give(people, ours, theirs)
    work_jointly(people, liaison, ours["case"])
    judge_relations(people)
    _directed(people)
    while deconfliction.compare_changes(now=timezone.now(), limit=500):
        pass


def sign_ins() -> str:
    """Who there is and how they sign in, as printed when the demo has started."""
    width = max(len(person.name) for person in cast.CAST) + 2
    lines = [
        f"  {person.key + '@' + person.agency.lower() + '.example':24}{person.name:{width}}{person.agency:6}"
        + ", ".join(str(role.label).lower() for role in person.roles)
        for person in cast.CAST
    ]
    return "Sign in as any of the cast; the password of all is " + cast.PASSWORD + "\n\n" + "\n".join(lines) + "\n"


def _agree(title: str, reference: str, *signers: Officer) -> Agreement:
    parties = [signer.agency_id for signer in signers]
    agreement = agreements.draft_agreement(
        officer=signers[0], title=title, reference=reference, parties=parties, articles=ARTICLES, handling_codes=CODES,
        starts_at=datetime(2024, 3, 1, 12, tzinfo=UTC), ends_at=timezone.now() + timedelta(days=900), covers_deconfliction=True,
    )  # fmt: skip
    for signer in signers:
        agreements.sign_agreement(officer=signer, agreement_id=agreement.pk)
    return agreement


def _harbor_ledger(people: dict[str, Officer]) -> dict[str, Any]:
    """NFIS: Ana's case, with what she knows and what has to be done."""
    ana, sami, alma = people["ana"], people["sami"], people["alma"]
    case = casefiles.open_case(
        officer=ana, title="Harbor Ledger", summary=HARBOR_LEDGER, team=[sami.pk, alma.pk], notice_mode=NoticeMode.BOTH
    )
    insurers = casefiles.open_case(officer=ana, title="Paper Lighthouse", summary=PAPER_LIGHTHOUSE, team=[sami.pk])
    _belongs_with(people, case, insurers)
    _offered(people, insurers)
    note = casefiles.write_note(officer=ana, casefile_id=case.pk, text=FOREMAN, tell=[sami.pk])
    casefiles.change_note(officer=ana, note_id=note.pk, number=1, text=FOREMAN.replace("Thursday", "Friday"), reason="His shift was moved.")
    begun = accounts.Place("note", reverse("casefiles:notes", args=[case.pk]))
    accounts.keep_draft(officer=ana, hand=accounts.Hand(uuid4(), uuid4()), place=begun, typed={"text": [BEGUN]})
    here: dict[str, Any] = {"officer": ana, "casefile_id": case.pk}
    casefiles.add_offence(**here, code="07041", began_on=date(2026, 3, 2), place="Grayhaven, Bahía Larga, Porto Almada")
    casefiles.add_offence(**here, code="0804", began_on=date(2026, 3, 2), place="Grayhaven")
    casefiles.add_reference(**here, kind="prosecution", number="NPS-2026/0457", body="Northmark Prosecution Service")
    casefiles.enter_decision(
        **here, decided_by_id=sami.pk, decided_on=timezone.now().date() - timedelta(days=12), what="Let the next reefer sail, and watch it",
        why="To stop it now would warn whoever approves the invoices.", basis="Authorisation of the prosecution service, 9 November",
    )  # fmt: skip
    casefiles.pin_cases(officer=ana, casefile_ids=[case.pk])
    _tasks(people, case)
    invoices = _item(ana, case, "Invoice set, seven reefers", INVOICES, code="H0", dated_on=date(2026, 11, 9))
    _mention(invoices, 1, "organisation", "Harrow & Finch Cold Storage", ("registration", "NM", "HF-220417"), officer=ana, country="NM")
    _mention(invoices, 1, "organisation", "Polar Brisa Logística Ltda", ("registration", "CV", "PB-88120"), officer=ana, country="CV")
    _mention(invoices, 2, "container", "QZLU 448120 3", ("container", "", "QZLU 448120 3"), officer=ana)
    ship(people, case, invoices)
    interview = _item(ana, case, "Interview note, dock foreman", INTERVIEW, code="H2", dated_on=date(2026, 11, 5))
    _mention(interview, 1, "phone", "The Lagoon number", ("phone", "", LAGOON), officer=ana)
    _mention(interview, 1, "person", "Tio", officer=ana)
    pasted: dict[str, Any] = {"officer": ana, "rendition_id": interview.pk, "parts": [entities.Part(2, INTERVIEW[1][2])]}
    entities.accept_suggestions(**pasted, keys=[row.key for row in entities.suggest(**pasted).offered()])
    dealings.load(ana, invoices, interview)
    tear_line = intelligence.make_tear_line(
        officer=ana, rendition_id=interview.pk, title="Driver of the white lorry", handling_code="H1", dated_on=date(2026, 11, 5),
        paragraphs=_paragraphs(ana, TEAR_LINE),
    )  # fmt: skip
    _mention(tear_line, 1, "phone", "The Lagoon number", ("phone", "", LAGOON), officer=ana)
    _item(ana, case, "Source report 14", SOURCE_REPORT, code="H3", dated_on=date(2026, 11, 10), handling_text="For the case team only.")
    tables.load(ana, case)
    return {"case": case, "invoices": invoices, "tear_line": tear_line}


def _tasks(people: dict[str, Officer], case: CaseFile) -> None:
    """One that is talked about, and one that is late."""
    ana, sami, alma = people["ana"], people["sami"], people["alma"]
    in_four_days = timezone.now().date() + timedelta(days=4)
    task = casefiles.set_task(
        officer=sami, casefile_id=case.pk, title="Second interview of the forwarder", assignee_id=ana.pk, due_on=in_four_days
    )
    casefiles.move_task(officer=ana, task_id=task.pk, state="doing")
    casefiles.comment_task(officer=ana, task_id=task.pk, text="He comes on Friday **with his lawyer**. The invoices of March are enough.")
    casefiles.comment_task(officer=sami, task_id=task.pk, text=f"Ask who books the berth, @{alma.email} knows the terminal.")
    last_week = timezone.now().date() - timedelta(days=6)
    casefiles.set_task(
        officer=ana, casefile_id=case.pk, title="Ask the bank who signs for Polar Brisa", assignee_id=ana.pk, due_on=last_week
    )


def _belongs_with(people: dict[str, Officer], case: CaseFile, insurers: CaseFile) -> None:
    """NFIS: the case that Harbor Ledger was split from, closed when its driver was convicted; and one that shares an insurer."""
    ana, sami = people["ana"], people["sami"]
    fires = casefiles.open_case(officer=ana, title="Cold Store Fires", team=[sami.pk])
    said: dict[str, Any] = {"officer": ana, "casefile_id": case.pk}
    casefiles.link_cases(**said, reference=fires.reference, kind="split-from", reason="The burnt stores led to who insured the cargo.")
    casefiles.link_cases(**said, reference=insurers.reference, kind="related", reason="Both are insured by Harrow & Finch Mutual.")
    casefiles.set_task(officer=sami, casefile_id=fires.pk, title="Return the forklift to its owner", assignee_id=ana.pk)
    casefiles.close_case(
        officer=sami, casefile_id=fires.pk, outcome="convicted", reason="The driver was convicted of two counts of arson. No appeal.",
        drop_tasks=True,
    )  # fmt: skip


def _offered(people: dict[str, Officer], insurers: CaseFile) -> None:
    """NFIS: the ports unit, which Alma supervises as well, is offered a case that it has not read."""
    sami, alma = people["sami"], people["alma"]
    desk = {"name": "NFIS ports desk", "phone": "+1 202 555 0199", "email": "ports@nfis.example", "hours": "24 hours", "languages": ["en"]}
    ports = accounts.found_unit(agency=sami.agency, name="Maritime crime", desk=desk)
    join(alma, ports.group)
    casefiles.propose_handover(
        officer=sami, casefile_id=insurers.pk, unit_id=ports.pk, shows_title=True, team_stays=True,
        reason="The insured ships all berth at Grayhaven. Your people know the harbour, ours the premiums; Ana would stay on it.",
    )  # fmt: skip


def _directed(people: dict[str, Officer]) -> None:
    """FN: Sofía's case, with Tomás as its prosecutor from the first day, as the law of Sierra Clara wants it; he advises her."""
    sofia, tomas = people["sofia"], people["tomas"]
    case = casefiles.open_case(officer=sofia, title="Muelle Sur", summary=MUELLE_SUR, prosecutor_id=tomas.pk)
    prosecution.give_advice(officer=tomas, casefile_id=case.pk, to=[sofia.pk], title="Registro de la bodega", text=BODEGA)


def _porto_frio(people: dict[str, Officer]) -> dict[str, Any]:
    """SIC: Bela's case, which NFIS knows nothing of."""
    bela, breno = people["bela"], people["breno"]
    case = casefiles.open_case(officer=bela, title="Porto Frio", summary=PORTO_FRIO, team=[breno.pk], notice_mode=NoticeMode.BOTH)
    berth = _item(bela, case, "Mudança de berço em Porto Almada", BERTH, code="H2", dated_on=date(2026, 11, 11))
    _mention(berth, 1, "phone", "Número usado no terminal 4", ("phone", "", LAGOON), officer=bela)
    _mention(berth, 1, "vessel", "Corvina Dourada", ("imo", "", "IMO 9074729"), officer=bela)
    return {"case": case, "berth": berth}


def _give(people: dict[str, Officer], ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """One release given, opened and corrected since, one that waits for Sami, one from Bela that waits for Ana to accept."""
    ana, sami, bela, breno = people["ana"], people["sami"], people["bela"], people["breno"]
    given = _ask(ana, ours["case"], bela, [ours["invoices"]], note="Joint inquiry into Polar Brisa Logística.", header="reference")
    _need_one_at_sic(breno)
    _approve(sami, given)
    _approve(people["alma"], given)
    releases.accept_release(officer=bela, release_id=given.pk)
    intelligence.open_item(officer=bela, rendition_id=ours["invoices"].pk)
    received = _ask(bela, theirs["case"], ana, [theirs["berth"]], note="Resposta ao contato sobre a carga refrigerada.")
    _approve(breno, received)
    _ask(ana, ours["case"], bela, [ours["tear_line"]], note="Please check the number against the terminal's visitors.")
    better = [(grade, code, text.replace("380 %", "412 %")) for grade, code, text in INVOICES]
    intelligence.correct_item(
        officer=ana, rendition_id=ours["invoices"].pk, title=ours["invoices"].title, dated_on=date(2026, 11, 9), handling_code="H0",
        paragraphs=_paragraphs(ana, better), reason="The market price was that of another month.",
    )  # fmt: skip


def _item(officer: Officer, case: CaseFile, title: str, said: list[Said], *, code: str, dated_on: date, **more: Any) -> Rendition:
    return intelligence.record_item(
        officer=officer, casefile_id=case.pk, title=title, handling_code=code, dated_on=dated_on,
        paragraphs=_paragraphs(officer, said, **more), **more,
    )  # fmt: skip


def _paragraphs(officer: Officer, said: list[Said], **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "text": text, "kind": "provenance" if text.startswith("Provenance") else "information", "scheme": officer.agency.grading_scheme,
            "source_code": grade[0], "information_code": grade[1], "handling_scheme": officer.agency.handling_scheme, "handling_code": code,
            **more,
        }
        for grade, code, text in said
    ]  # fmt: skip


def _mention(
    rendition: Rendition, paragraph: int, etype: str, name: str, *numbers: tuple[str, str, str], officer: Officer, **attributes: str
) -> None:
    identifiers = [{"type": kind, "country": country, "raw": raw} for kind, country, raw in numbers]
    entities.note_mention(
        officer=officer,
        rendition_id=rendition.pk,
        paragraph=paragraph,
        etype=etype,
        name=name,
        identifiers=identifiers,
        attributes=attributes,
    )


def _ask(officer: Officer, case: CaseFile, taker: Officer, chosen: list[Rendition], *, note: str, header: str = "") -> Release:
    plan = Plan(
        recipient_id=taker.agency_id, unit_id=taker.unit_id, rendition_ids=[rendition.pk for rendition in chosen], header=header,
        purpose=Purpose.INVESTIGATION, legal_basis="Article 7 of the agreement; case opened under national law.", cover_note=note,
        ends_at=timezone.now() + timedelta(days=120),
    )  # fmt: skip
    release = releases.draft_release(officer=officer, casefile_id=case.pk, plan=plan)
    return releases.request_release(officer=officer, release_id=release.pk)


def _need_one_at_sic(breno: Officer) -> None:
    """SIC has one supervisor who approves: what leaves to another country needs one there, and two at NFIS."""
    seen = releases.list_approval_rules(officer=breno).content_hash
    proof = proofs.check(breno, Deed.RELEASES_APPROVE, breno.agency_id, seen, {"proof_password": cast.PASSWORD})
    reason = "Portaria 12/2026: um delegado decide enquanto a unidade tiver um só."
    releases.add_approval_rule(officer=breno, rule=releases.NewRule(supervisors=1, country="abroad", reason=reason), proof=proof)


def _approve(supervisor: Officer, release: Release) -> None:
    proof = proofs.check(supervisor, Deed.RELEASES_APPROVE, release.pk, release.content_hash, {"proof_password": cast.PASSWORD})
    releases.approve_release(officer=supervisor, release_id=release.pk, proof=proof)
