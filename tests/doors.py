"""Every door of the portal as the URLconf has it, how each is classified, and what two answers have in common."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import URLPattern, get_resolver

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ABSENT = UUID("00000000-0000-4000-8000-000000000000")

# open: whoever comes; own: the signed-in officer's own page; thing: names a thing in its address; then the methods it answers.
DOORS = {
    "health": "open GET",
    "set_language": "open POST",
    "account_login": "open GET POST PUT",
    "account_logout": "open GET POST",
    "account_inactive": "open GET",
    "mfa_authenticate": "open GET POST PUT",
    "mfa_login_webauthn": "open GET POST PUT",
    "account_reauthenticate": "own GET POST PUT",
    "account_change_password": "own GET POST PUT",
    "mfa_index": "own GET",
    "mfa_reauthenticate": "own GET POST PUT",
    "mfa_activate_totp": "own GET POST PUT",
    "mfa_deactivate_totp": "own GET POST PUT",
    "mfa_view_recovery_codes": "own GET",
    "mfa_generate_recovery_codes": "own GET POST PUT",
    "mfa_download_recovery_codes": "own GET",
    "mfa_list_webauthn": "own GET",
    "mfa_add_webauthn": "own GET POST PUT",
    "mfa_reauthenticate_webauthn": "own GET POST PUT",
    "mfa_remove_webauthn": "thing GET POST DELETE",
    "mfa_edit_webauthn": "thing GET POST PUT",
    "accounts:security": "own GET",
    "accounts:make-token": "own POST",
    "accounts:end-token": "thing POST",
    "accounts:display": "own POST",
    "accounts:badges": "own GET",
    "accounts:live": "own GET",
    "accounts:notice-done": "thing POST",
    "agreements:list": "own GET",
    "agreements:new": "own GET POST",
    "agreements:one": "thing GET",
    "agreements:sign": "thing POST",
    "agreements:suspend": "thing POST",
    "agreements:resume": "thing POST",
    "agreements:end": "thing POST",
    "casefiles:list": "own GET",
    "casefiles:export": "own GET",
    "casefiles:export-tasks": "thing GET",
    "casefiles:new": "own GET POST",
    "casefiles:standing": "own POST",
    "casefiles:pin": "own POST",
    "casefiles:end-tasks": "own POST",
    "casefiles:overview": "thing GET",
    "casefiles:change": "thing GET POST",
    "casefiles:rest": "own POST",
    "casefiles:close": "thing GET POST",
    "casefiles:reopen": "thing GET POST",
    "casefiles:notes": "thing GET POST",
    "casefiles:note": "thing GET",
    "casefiles:change-note": "thing GET POST",
    "casefiles:pin-note": "thing POST",
    "casefiles:tasks": "thing GET POST",
    "casefiles:end-task": "thing POST",
    "casefiles:my-tasks": "own GET",
    "casefiles:task": "thing GET POST",
    "casefiles:change-task": "thing GET POST",
    "casefiles:move-task": "thing POST",
    "casefiles:reopen-task": "thing POST",
    "casefiles:team": "thing GET POST",
    "casefiles:take-off": "thing POST",
    "casefiles:lead": "thing POST",
    "casefiles:prosecutor": "thing POST",
    "casefiles:offences": "thing GET POST",
    "casefiles:remove-offence": "thing POST",
    "casefiles:references": "thing GET POST",
    "casefiles:remove-reference": "thing POST",
    "casefiles:hand-over": "thing GET POST",
    "casefiles:handover": "thing GET",
    "casefiles:refuse-handover": "thing POST",
    "casefiles:withdraw-handover": "thing POST",
    "entities:accept-handover": "thing POST",
    "casefiles:links": "thing GET POST",
    "casefiles:unlink": "thing POST",
    "casefiles:decisions": "thing GET POST",
    "casefiles:activity": "thing GET",
    "deconfliction:list": "own GET",
    "deconfliction:hit": "thing GET",
    "deconfliction:answer": "thing POST",
    "deconfliction:urgent": "thing POST",
    "entities:of-case": "thing GET",
    "entities:notice-mode": "thing POST",
    "entities:export": "thing GET",
    "entities:money-of-case": "thing GET",
    "entities:export-money": "thing GET",
    "entities:calls-of-case": "thing GET",
    "entities:export-calls": "thing GET",
    "entities:money": "thing GET",
    "entities:note-money": "thing GET POST",
    "entities:take-over-money": "thing POST",
    "entities:calls": "thing GET",
    "entities:note-calls": "thing GET POST",
    "entities:take-over-calls": "thing POST",
    "entities:money-of-subject": "thing GET",
    "entities:calls-of-subject": "thing GET",
    "entities:imports": "thing GET POST",
    "entities:import": "thing GET",
    "entities:import-progress": "thing GET",
    "entities:map-import": "thing GET POST",
    "entities:keep-mapping": "thing POST",
    "entities:start-import": "thing POST",
    "entities:cancel-import": "thing POST",
    "entities:drop-import": "thing POST",
    "entities:undo-import": "thing POST",
    "entities:of-rendition": "thing GET",
    "entities:note": "thing GET POST",
    "entities:alike": "thing POST",
    "entities:compare": "thing GET",
    "entities:same": "thing POST",
    "entities:apart": "thing POST",
    "entities:compare-again": "thing POST",
    "entities:take-over": "thing GET POST",
    "entities:list": "own GET",
    "entities:new-subject": "own GET POST",
    "entities:subject": "thing GET",
    "entities:change-subject": "thing GET POST",
    "entities:group": "thing POST",
    "entities:ungroup": "thing POST",
    "intelligence:of-case": "thing GET",
    "intelligence:list": "own GET",
    "intelligence:new": "own GET POST",
    "intelligence:item": "thing GET",
    "intelligence:compare": "thing GET",
    "intelligence:correct": "thing GET POST",
    "intelligence:tear-line": "thing GET POST",
    "suggestions": "thing GET POST",
    "schema": "own GET",
    "agreement-list": "own GET POST",
    "agreement-detail": "thing GET",
    "agreement-sign": "thing POST",
    "agreement-suspend": "thing POST",
    "agreement-resume": "thing POST",
    "agreement-end": "thing POST",
    "hit-list": "own GET",
    "hit-detail": "thing GET",
    "hit-answer": "thing POST",
    "hit-urgent": "thing POST",
    "home": "own GET",
    "ledger": "own GET",
    "records:list": "own GET",
    "records:record": "thing GET",
    "records:readings": "thing GET",
    "records:check": "thing GET POST",
    "records:audience": "thing GET POST",
    "records:link": "thing POST",
    "records:unlink": "thing POST",
    "releases:list": "own GET",
    "releases:approvals": "own GET",
    "releases:of-case": "thing GET",
    "releases:new": "thing GET POST",
    "releases:policy": "thing POST",
    "releases:one": "thing GET",
    "releases:preview": "thing GET",
    "releases:change": "thing GET POST",
    "releases:request": "thing POST",
    "releases:withdraw": "thing POST",
    "releases:approve": "thing POST",
    "releases:send-back": "thing POST",
    "releases:refuse": "thing POST",
    "releases:accept": "thing POST",
    "releases:recall": "thing POST",
    "case-list": "own GET POST",
    "case-standing": "own POST",
    "case-desk": "own GET",
    "case-pin": "own POST",
    "case-unpin": "own POST",
    "case-rest": "own POST",
    "closing-closings": "thing GET",
    "closing-close": "thing POST",
    "closing-reopen": "thing POST",
    "handover-list": "own GET POST",
    "handover-detail": "thing GET",
    "handover-refuse": "thing POST",
    "handover-withdraw": "thing POST",
    "taking-accept": "thing POST",
    "links-links": "thing GET POST",
    "linked-end": "thing POST",
    "case-detail": "thing GET PATCH",
    "case-activity": "thing GET",
    "case-offences": "thing POST",
    "case-remove-offence": "thing DELETE",
    "case-references": "thing POST",
    "case-remove-reference": "thing DELETE",
    "case-decisions": "thing GET POST",
    "case-scheme": "own POST",
    "case-lead": "thing POST",
    "case-prosecutor": "thing POST",
    "case-notes": "thing GET POST",
    "note-detail": "thing GET PATCH",
    "note-pin": "thing POST",
    "note-unpin": "thing POST",
    "case-tasks": "thing GET POST",
    "case-team": "thing GET POST",
    "case-take-off-team": "thing DELETE",
    "task-list": "own GET",
    "task-detail": "thing GET PATCH",
    "task-entries": "thing GET POST",
    "task-move": "thing POST",
    "task-reopen": "thing POST",
    "task-end": "thing POST",
    "task-end-several": "own POST",
    "audience-audience": "thing POST",
    "item-list": "own GET POST",
    "item-detail": "thing GET",
    "item-compare": "thing GET",
    "item-correct": "thing POST",
    "item-tear-line": "thing POST",
    "import-list": "own GET POST",
    "import-detail": "thing GET",
    "import-map": "thing POST",
    "import-start": "thing POST",
    "import-cancel": "thing POST",
    "import-drop": "thing POST",
    "import-undo": "thing POST",
    "mention-list": "own GET POST",
    "mention-take-over": "own POST",
    "transaction-list": "own GET POST",
    "transaction-totals": "own GET",
    "transaction-take-over": "own POST",
    "call-list": "own GET POST",
    "call-totals": "own GET",
    "call-take-over": "own POST",
    "likely-find": "own POST",
    "likely-compare": "thing GET",
    "likely-same": "thing POST",
    "likely-apart": "thing POST",
    "likely-again": "own POST",
    "suggestion-list": "own POST",
    "suggestion-accept": "own POST",
    "suggestion-decline": "own POST",
    "suggestion-offer-again": "own POST",
    "subject-list": "own GET POST",
    "subject-detail": "thing GET PATCH",
    "subject-group": "thing POST",
    "subject-ungroup": "thing DELETE",
    "notice-mode-notice-mode": "thing POST",
    "record-list": "own GET",
    "record-detail": "thing GET",
    "record-readings": "thing GET",
    "record-sight": "thing GET",
    "record-check-person": "thing POST",
    "record-links": "thing POST",
    "record-unlink": "thing DELETE",
    "release-list": "own GET POST",
    "release-choices": "own GET",
    "release-policy": "own POST",
    "release-detail": "thing GET",
    "release-policy-again": "thing GET",
    "release-change": "thing POST",
    "release-request": "thing POST",
    "release-withdraw": "thing POST",
    "release-approve": "thing POST",
    "release-send-back": "thing POST",
    "release-refuse": "thing POST",
    "release-accept": "thing POST",
    "release-recall": "thing POST",
    "proof-list": "own POST",
    "joint:list": "own GET",
    "joint:new": "own GET POST",
    "joint:one": "thing GET POST",
    "joint:join": "thing POST",
    "joint:decline": "thing POST",
    "joint:leave": "thing POST",
    "joint:close": "thing POST",
    "joint:admit": "thing POST",
    "joint:end-admission": "thing POST",
    "joint:give": "thing POST",
    "joint:withdraw": "thing POST",
    "joint-list": "own GET POST",
    "joint-detail": "thing GET",
    "joint-join": "thing POST",
    "joint-decline": "thing POST",
    "joint-leave": "thing POST",
    "joint-close": "thing POST",
    "joint-team": "thing POST",
    "joint-end-admission": "thing DELETE",
    "joint-entries": "thing POST",
    "joint-contributions": "thing POST",
    "joint-withdraw": "thing DELETE",
}
ALSO_CALLED = {
    "officer_id": "member_id",
    "case_id": "casefile_id",
    "item_id": "rendition_id",
    "hit_id": "side_id",
    "earlier_id": "rendition_id",
    "other_id": "mention_id",
}
API_THINGS = {  # what `pk` means in an address of the machine door
    "agreement": "agreement_id",
    "audience": "casefile_id",
    "case": "casefile_id",
    "closing": "casefile_id",
    "links": "casefile_id",
    "handover": "handover_id",
    "taking": "handover_id",
    "linked": "link_id",
    "hit": "side_id",
    "import": "import_id",
    "item": "rendition_id",
    "joint": "joint_id",
    "likely": "mention_id",
    "mention": "mention_id",
    "note": "note_id",
    "notice": "casefile_id",  # notice-mode
    "record": "record_id",
    "release": "release_id",
    "subject": "subject_id",
    "task": "task_id",
}


@dataclass(frozen=True)
class Door:
    """One route: its name, its address with `{casefile_id}` for what it names, and what its address names."""

    name: str
    address: str
    names: tuple[str, ...]

    @property
    def kind(self) -> str:
        return DOORS[self.name].split()[0]

    @property
    def methods(self) -> tuple[str, ...]:
        answered = DOORS[self.name].split()[1:]
        return (*answered, "HEAD") if "GET" in answered else tuple(answered)

    @property
    def is_ours(self) -> bool:
        """Not one of other people's, which answer any method as they like."""
        return not self.name.startswith(("account_", "mfa_")) and self.name not in {"schema", "set_language"}

    @property
    def is_machine(self) -> bool:
        return self.address.startswith("/api/")

    def at(self, **things: Any) -> str:
        return self.address.format(**{name: things.get(name, nothing(name)) for name in self.names})


def nothing(name: str) -> Any:
    return ABSENT if name != "key" else 999_999


def doors() -> list[Door]:
    return sorted(set(_walk(get_resolver().url_patterns, "/", "")), key=lambda door: door.name)


def _walk(patterns: Any, prefix: str, space: str) -> Iterator[Door]:
    for entry in patterns:
        address = prefix + str(entry.pattern)
        if not isinstance(entry, URLPattern):
            yield from _walk(entry.url_patterns, address, f"{entry.namespace}:" if entry.namespace else space)
            continue
        name = f"{space}{entry.name}"
        own = ALSO_CALLED | {"pk": API_THINGS.get(name.partition("-")[0], "key")}
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found, own=own: f"{{{own.get(found[1], found[1])}}}", address)
        yield Door(name, address, tuple(re.findall(r"{(\w+)}", address)))


DRAWN = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE), "UUID"),
    (re.compile(r'(csrfmiddlewaretoken"? value=|X-CSRFToken"?: ?)"[^"]*"', re.IGNORECASE), "CSRF"),
    (re.compile(r'(csrftoken|sessionid)=[^;"]*'), "COOKIE"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d)", re.IGNORECASE), "NOW"),
    (re.compile(r"<time [^>]*>[^<]*"), "<time>"),
    (re.compile(r"\b[A-Z]{2,}-\d{4}-[0-9A-Z]{6}\b"), "REFERENCE"),
)
OWN = {"X-Request-Id", "Content-Length", "Date"}


def body(response: Any) -> str:
    """What was sent, but for a line that stays open; closing that by hand would end the test's connection as well."""
    return "" if response.streaming and response.is_async else str(response.getvalue().decode())


def plain(response: Any) -> tuple[int, tuple[tuple[str, str], ...], str]:
    """Status, headers and body, without the request's own number, its address and tokens against forgery."""
    path = response.request["PATH_INFO"]
    headers = sorted((name, drawn(value, path)) for name, value in response.headers.items() if name not in OWN)
    return response.status_code, tuple(headers), drawn(body(response), path)


def drawn(text: str, path: str) -> str:
    for own in (quote(path, safe=""), path):
        text = text.replace(own, "PATH")
    for pattern, word in DRAWN:
        text = pattern.sub(word, text)
    return text
