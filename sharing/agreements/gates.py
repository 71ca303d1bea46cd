"""The gates beyond the articles: an agreement's terms, and the law of the giver's country.

Pure as the policy is, and asked with it: `may_leave` is the policy's answer with these steps. Every step names the agreement's article
and version, or the law, that it rests on. UNTOC art. 18(19), Nassau art. 25: what limits use and passing on is set by the giver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.casefiles.offences import title_of
from kernel.errors import sentence
from sharing.agreements import policy
from sharing.agreements.models import Condition, Purpose
from sharing.agreements.policy import Answer, Facts, Item, Step, day_of
from sharing.agreements.terms import DataKind, Evidence, Onward, Terms, months_after

OFFENCE_COVERED = sentence("policy.offence-covered", _("%(agreement)s covers every offence of the case."))
OFFENCE_MISSING = sentence(
    "policy.offence-missing", _("%(agreement)s covers some offences only, and no offence is entered in the case “%(case)s”.")
)
ENTER_OFFENCE = sentence("policy.enter-offence", _("Enter the offence in the case."))
OFFENCE_NOT_COVERED = sentence("policy.offence-not-covered", _("%(agreement)s does not cover the offence “%(offence)s”."))
COVERED_OFFENCES = sentence("policy.covered-offences", _("Give from a case of what it covers (%(offences)s), or amend it."))
KINDS_COVERED = sentence("policy.kinds-covered", _("%(agreement)s covers the kinds of data that would leave: %(kinds)s."))
KIND_NOT_COVERED = sentence("policy.kind-not-covered", _("%(agreement)s does not cover what “%(title)s” holds: %(kinds)s."))
LEAVE_KIND = sentence("policy.leave-kind", _("Take it off, or make a tear-line without it."))
RETENTION_FITS = sentence("policy.retention-fits", _("%(agreement)s lets the recipient keep it until %(end)s."))
RETENTION_PAST = sentence("policy.retention-past", _("%(agreement)s lets the recipient keep it no longer than %(end)s."))
ONWARD_NEVER = sentence("policy.onward-never", _("%(agreement)s: it is never passed on."))
ONWARD_CONSENT = sentence("policy.onward-consent", _("%(agreement)s: it is passed on with the owner's consent only."))
ONWARD_GROUP = sentence("policy.onward-group", _("%(agreement)s: it may be passed on within %(country)s, by a release of its owner."))
EVIDENCE_NO = sentence("policy.evidence-no", _("%(agreement)s: it is for orientation only, never evidence."))
EVIDENCE_ASK = sentence("policy.evidence-ask", _("%(agreement)s: it is used in court with the owner's permission only."))
EVIDENCE_YES = sentence("policy.evidence-yes", _("%(agreement)s: it may be used as evidence."))
NO_TRIAL = sentence("policy.no-trial", _("%(agreement)s gives nothing for use as evidence, and the purpose is “%(purpose)s”."))
ASK_FORMALLY = sentence("policy.ask-formally", _("Choose another purpose, or give it in answer to a letter of request."))
ALWAYS_ATTACHED = sentence("policy.always-attached", _("%(agreement)s always attaches: %(condition)s."))
LAW_ATTACHES = sentence("policy.law-attaches", _("The law of %(country)s attaches: %(condition)s."))
LAW_KEEPS = sentence("policy.law-keeps", _("The law of %(country)s keeps what “%(title)s” holds in the country: %(kinds)s."))


def may_leave(facts: Facts) -> Answer:
    """The policy's answer with that of the terms and the law; what any of them attaches must travel."""
    answer = policy.may_leave(facts)
    steps = (*answer.steps, *_of_terms(facts), *_of_law(facts))
    attached = {condition for step in steps for condition in [step.attaches] if condition}
    return replace(
        answer,
        steps=tuple(_resting(facts, step, answer) for step in steps),
        conditions=tuple(sorted({*answer.conditions, *map(Condition, attached)})),
        version_id=facts.pact.version_id if facts.pact else None,
    )


def _resting(facts: Facts, step: Step, answer: Answer) -> Step:
    """A step that speaks of the agreement, with the article and the version it rests on."""
    if facts.pact is None or "agreement" not in step.params or "%(agreement)s" not in str(step.said.text):
        return step
    return replace(step, article=step.article or answer.steps[0].article, version=facts.pact.version)


def _of_terms(facts: Facts) -> Iterator[Step]:
    pact = facts.pact
    if pact is None or not pact.in_force or pact.terms is None:
        return
    for gate in (offences, kinds, retention, onward, evidence, always):
        yield from gate(facts, pact.terms, pact.name)


def offences(facts: Facts, terms: Terms, agreement: str) -> Iterator[Step]:
    """Every offence of the cases it comes from is one that the agreement covers, or a kind of it."""
    if not terms.offences:
        return
    covered = ", ".join(f"{code} {title_of(code)}" for code in terms.offences)
    refused = False
    for case in facts.cases:
        if not case.offences:
            refused = True
            yield Step(OFFENCE_MISSING, {"agreement": agreement, "case": case.title}, "bad", change=ENTER_OFFENCE)
        for code in case.offences:
            if not terms.covers_offence(code):
                refused = True
                said = title_of(code) if case.seen else str(policy.UNSEEN_WORDS)
                yield Step(
                    OFFENCE_NOT_COVERED, {"agreement": agreement, "offence": said, "offences": covered}, "bad", change=COVERED_OFFENCES
                )
    if not facts.cases:
        yield Step(OFFENCE_MISSING, {"agreement": agreement, "case": "—"}, "bad", change=ENTER_OFFENCE)
    elif not refused:
        yield Step(OFFENCE_COVERED, {"agreement": agreement})


def kinds(facts: Facts, terms: Terms, agreement: str) -> Iterator[Step]:
    """What each record holds is of the kinds that may cross."""
    beyond = [(item, terms.uncovered(item.kinds)) for item in facts.items]
    refused = [(item, names) for item, names in beyond if names]
    for item, names in refused:
        yield Step(KIND_NOT_COVERED, {"agreement": agreement, "title": item.title, "kinds": _named(names)}, "bad", change=LEAVE_KIND)
    leaving = {kind for item in facts.items for kind in item.kinds}
    if leaving and not refused:
        yield Step(KINDS_COVERED, {"agreement": agreement, "kinds": _named(leaving)})


def retention(facts: Facts, terms: Terms, agreement: str) -> Iterator[Step]:
    """The release ends before the recipient would have to give it up."""
    if terms.retention_months is None or facts.ends_at is None:
        return
    last = months_after(facts.now, terms.retention_months)
    params = {"agreement": agreement, "end": day_of(last)}
    if facts.ends_at > last:
        yield Step(RETENTION_PAST, params, "bad", change=policy.CHOOSE_END)
    else:
        yield Step(RETENTION_FITS, params)


def onward(facts: Facts, terms: Terms, agreement: str) -> Iterator[Step]:
    """Whether it is passed on. Within the recipient's country too, it is its owner who releases it."""
    params = {"agreement": agreement, "country": facts.taker.country_name}
    if terms.onward == Onward.GROUP:
        yield Step(ONWARD_GROUP, params)
    else:
        yield Step(ONWARD_NEVER if terms.onward == Onward.NEVER else ONWARD_CONSENT, params, "warn", attaches=Condition.NO_ONWARD)


def evidence(facts: Facts, terms: Terms, agreement: str) -> Iterator[Step]:
    """Whether it is used in proceedings: a condition, and a refusal where that is what it is wanted for."""
    params = {"agreement": agreement, "purpose": str(Purpose.PROSECUTION.label)}
    if terms.evidence == Evidence.YES:
        yield Step(EVIDENCE_YES, params)
    elif terms.evidence == Evidence.PERMISSION:
        yield Step(EVIDENCE_ASK, params, "warn", attaches=Condition.NO_COURT)
    elif facts.purpose == Purpose.PROSECUTION:
        yield Step(NO_TRIAL, params, "bad", change=ASK_FORMALLY, attaches=Condition.NO_EVIDENCE)
    else:
        yield Step(EVIDENCE_NO, params, "warn", attaches=Condition.NO_EVIDENCE)


def always(facts: Facts, terms: Terms, agreement: str) -> Iterator[Step]:
    """The conditions that attach to everything."""
    for condition in sorted(terms.conditions):
        params = {"agreement": agreement, "condition": str(Condition(condition).label)}
        yield Step(ALWAYS_ATTACHED, params, "warn", attaches=condition)


def _of_law(facts: Facts) -> Iterator[Step]:
    """The law of the giver's country, of what goes to another."""
    if facts.giver.country == facts.taker.country:
        return
    for rule in facts.laws:
        spoken_of = [item for item in facts.items if rule.speaks_of(item.kinds)]
        if rule.effect == "attach" and spoken_of:
            params = {"country": facts.giver.country_name, "condition": str(Condition(rule.condition).label)}
            yield Step(LAW_ATTACHES, params, "warn", law=rule.law, attaches=rule.condition)
        for item in spoken_of if rule.effect == "keep" else ():
            held = _of_item(item, rule.kinds)
            params = {"country": facts.giver.country_name, "title": item.title, "kinds": held}
            yield Step(LAW_KEEPS, params, "bad", law=rule.law, change=LEAVE_KIND)


def _of_item(item: Item, kinds: Iterable[str]) -> str:
    return _named(item.kinds & set(kinds) or item.kinds)


def _named(kinds: Iterable[Any]) -> str:
    return ", ".join(str(DataKind(kind).label) for kind in sorted(kinds)) or "—"
