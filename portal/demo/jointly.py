"""The joint case of the demo: NFIS and SIC look at one quay, each with a file of its own, and the prosecution service advises."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts import proofs
from accounts.models import Officer
from accounts.roles import Deed
from cases.casefiles.models import CaseFile
from cases.intelligence import actions as intelligence
from cases.records.models import Rendition
from portal.demo import cast
from sharing.agreements.models import Agreement, Purpose
from sharing.joint import actions as joint
from sharing.joint.models import Contribution, JointCase
from sharing.prosecution import actions as prosecution

SUMMARY = "Reefer containers leave Porto Almada with one set of papers and reach Northmark with another. Both services watch the same quay."
REGISTER = (
    "Do not put the terminal's register before the court as it is: it was shared for investigation alone. Ask SIC for its permission, or "
    "let the terminal be ordered to produce it. Until then it may guide you, and nobody quotes it."
)
AGENT = "May we ask the shipping agent who ordered the change of berth, or must he be told of his rights first?"
TIMES = [("B2", "Terminal 4 is watched on weekdays from 04:00 to 07:00 local time.")]
QUAY = [("B2", "O guarda do terminal 4 troca de turno às 05:30 e deixa o portão sem vigilância por dez minutos.")]


def work_jointly(people: dict[str, Officer], agreement: Agreement, about: CaseFile) -> JointCase:
    """Sami opens it out of Harbor Ledger, Breno and Petra join; Ana and Bela are named, write, and each give one record.

    One more of Ana's waits for Sami.
    """
    ana, sami, bela, breno, petra = (people[key] for key in ("ana", "sami", "bela", "breno", "petra"))
    case = joint.open_joint_case(
        officer=sami, agreement_id=agreement.pk, partner_ids=[breno.agency_id, petra.agency_id], purpose=Purpose.INVESTIGATION,
        title="Two Quays", summary=SUMMARY, casefile_id=about.pk,
    )  # fmt: skip
    joint.join_joint_case(officer=breno, joint_id=case.pk)
    joint.join_joint_case(officer=petra, joint_id=case.pk)
    joint.admit_officer(officer=sami, joint_id=case.pk, member_id=ana.pk)
    joint.admit_officer(officer=breno, joint_id=case.pk, member_id=bela.pk)
    joint.admit_officer(officer=petra, joint_id=case.pk, member_id=petra.pk)
    joint.write_entry(
        officer=sami, joint_id=case.pk, kind="decision", text="SIC watches the quay, NFIS follows the papers. We compare notes on Mondays."
    )
    joint.write_entry(officer=bela, joint_id=case.pk, text="De acordo. A lista de turnos segue abaixo.")
    for officer, title, said in ((ana, "When terminal 4 is watched", TIMES), (bela, "Turnos no terminal 4", QUAY)):
        asked = joint.contribute(officer=officer, joint_id=case.pk, rendition_id=_recorded(officer, case, title, said).pk)
        _approve(sami if officer is ana else breno, asked)
    agent = _recorded(ana, case, "Questions for the shipping agent", [("C3", "The agent may be asked who ordered the change of berth.")])
    joint.contribute(officer=ana, joint_id=case.pk, rendition_id=agent.pk)
    _recorded(ana, case, "What the crane driver saw", [("C3", "Two reefers were lifted after the shift had ended.")])
    _agreed(people, case)
    _advised(people, case)
    return case


def _agreed(people: dict[str, Officer], case: JointCase) -> None:
    """Ana asks SIC for its shift list, and Bela has it in hand; what NFIS is to do nobody holds yet."""
    ana, bela = people["ana"], people["bela"]
    task = joint.set_agreed_task(
        officer=ana, joint_id=case.pk, title="Shift list of terminal 4 for December", text="With the hours at which the gate stands open.",
        agency_id=bela.agency_id, assignee_id=bela.pk, due_on=timezone.localdate() + timedelta(days=5),
    )  # fmt: skip
    joint.move_agreed_task(officer=bela, task_id=task.pk, state="doing")
    joint.comment_agreed_task(officer=bela, task_id=task.pk, text="Pedi a lista ao terminal; chega na segunda-feira.")
    joint.set_agreed_task(officer=bela, joint_id=case.pk, title="Compare the bills of lading of both ports", agency_id=ana.agency_id)


def _advised(people: dict[str, Officer], case: JointCase) -> None:
    """Petra advises Ana behind a wall; Ana answers, and asks her something. Sami and Bela, on the same team, are told nothing of it."""
    ana, petra = people["ana"], people["petra"]
    here = {"joint_id": case.pk}
    given = prosecution.give_advice(officer=petra, to=[ana.pk], title="The quay register as evidence", text=REGISTER, **here)
    prosecution.open_advice(officer=ana, advice_id=given.pk)
    prosecution.reply_to_advice(officer=ana, advice_id=given.pk, text="Understood. I take the register out of the draft.")
    prosecution.ask_for_advice(officer=ana, to=[petra.pk], title="May the agent be asked?", text=AGENT, **here)


def _approve(supervisor: Officer, asked: Contribution) -> None:
    seen: dict[str, Any] = {"officer": supervisor, "joint_id": asked.joint_id, "contribution_id": asked.pk}
    content_hash = joint.open_contribution(**seen).content_hash
    proof = proofs.check(supervisor, Deed.RELEASES_APPROVE, asked.pk, content_hash, {"proof_password": cast.PASSWORD})
    joint.approve_contribution(**seen, proof=proof)


def _recorded(officer: Officer, case: JointCase, title: str, said: list[tuple[str, str]]) -> Rendition:
    file = joint.view_joint_case(officer=officer, joint_id=case.pk).file
    scheme = officer.agency.grading_scheme
    paragraphs = [
        {
            "text": text, "kind": "information", "scheme": scheme, "source_code": grade[0], "information_code": grade[1],
            "handling_scheme": officer.agency.handling_scheme, "handling_code": "H1",
        }
        for grade, text in said
    ]  # fmt: skip
    return intelligence.record_item(
        officer=officer, casefile_id=file.pk if file else case.pk, title=title, handling_code="H1", dated_on=date(2026, 11, 17),
        paragraphs=paragraphs,
    )  # fmt: skip
