"""Every route, every method, everybody: what is not listed fails, and whoever has no business at a door learns nothing there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client

from kernel.postgresql.compiler import guarded_tables
from portal.demo.cast import CAST, PASSWORD
from tests.answers import plain
from tests.cast import fresh
from tests.doors import ABSENT, DOORS, METHODS, Door, doors, nothing
from tests.world import World

pytestmark = pytest.mark.django_db
EVERYBODY = [person.key for person in CAST]
FILLED = {
    "title": "Harbor", "text": "Harbor", "reason": "Harbor", "summary": "Harbor", "state": "done", "q": "Harbor", "note": "Harbor",
    "name": "Harbor", "label": "Harbor", "category": "witness", "category_reason": "Harbor", "proof_password": PASSWORD,
    "audience": "agency", "audience_reason": "Harbor", "notice_mode": "both", "language": "es", "email": "ana@nfis.example",
    "answer": "settled",
}  # fmt: skip


def signed_in(world: World, key: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(fresh(world.people[key]))
    return client


def ask(client: Client, method: str, url: str, door: Door, sent: dict[str, Any] | None = None) -> Any:
    if method in {"POST", "PUT", "PATCH"}:
        return getattr(client, method.lower())(
            url, sent or {}, **({"content_type": "application/json"} if door.is_machine or method != "POST" else {})
        )
    return client.generic(method, url)


def hidden(world: World, key: str, kind: str, most: int) -> list[UUID]:
    """Things that this person may not know exist: at most so many, of different audiences."""
    by_audience = {shown: thing for thing, shown in world.things[kind].items() if key not in shown}
    return list(by_audience.values())[:most]


def seen(world: World, key: str, kind: str) -> UUID | None:
    return next((thing for thing, shown in world.things.get(kind, {}).items() if key in shown), None)


def test_every_route_is_classified_and_every_class_has_its_route():
    assert {door.name for door in doors()} == set(DOORS)
    for door in doors():
        assert (door.kind == "thing") is bool(door.names), door


def test_the_world_has_something_behind_every_address(world: World):
    assert {name for door in doors() for name in door.names} - {"key"} <= set(world.things)


def none(faults: list[Any]) -> None:
    if faults:
        pytest.fail("\n".join(map(str, faults[:60])), pytrace=False)


def addresses(world: World, door: Door) -> Iterator[str]:
    yield door.at()
    yield door.at(**{name: next(iter(world.things[name])) for name in door.names if name in world.things})


def every_address(world: World, door: Door) -> list[str]:
    """Its address for each of the things it may name."""
    first = (door.names or ("",))[0]
    return [at(world, door, thing) for thing in world.things.get(first, {nothing(first): None})]


def some_addresses(world: World, key: str, door: Door) -> list[str]:
    """Those of all things that this person sees, and of one of each audience they are not of."""
    things = world.things.get((door.names or ("",))[0], {})
    hidden = {shown: thing for thing, shown in things.items() if key not in shown}.values()
    return [*shown_addresses(world, key, door), *(at(world, door, thing) for thing in hidden)]


def shown_addresses(world: World, key: str, door: Door) -> list[str]:
    """Those of all things that this person sees."""
    first = (door.names or ("",))[0]
    return [at(world, door, thing) for thing, shown in world.things.get(first, {nothing(first): {key}}).items() if key in shown]


def at(world: World, door: Door, thing: Any) -> str:
    """Its address for this thing; a second name takes the first thing of its kind."""
    first, *rest = door.names or ("",)
    return door.at(**{name: next(iter(world.things.get(name, {})), nothing(name)) for name in rest} | {first: thing})


def test_nothing_opens_to_whoever_is_not_signed_in(world: World):
    client, faults = Client(raise_request_exception=False), []
    for door in doors():
        for method in METHODS if door.kind != "open" else ():
            answers = [ask(client, method, url, door, FILLED) for url in addresses(world, door)]
            signing_in = all(answer.status_code != 302 or answer.headers["Location"].startswith("/account/login/") for answer in answers)
            if not signing_in or {answer.status_code for answer in answers} - {302, 401, 403, 405} or len(set(map(plain, answers))) != 1:
                faults.append((door.name, method, [answer.status_code for answer in answers]))
    none(faults)


@pytest.mark.parametrize("key", ["ana", "adam"])
def test_what_a_door_does_not_do_is_405(world: World, key):
    client, faults = signed_in(world, key), []
    for door in (door for door in doors() if door.is_ours):
        for method in set(METHODS) - set(door.methods):
            for url in addresses(world, door):
                answer = ask(client, method, url, door)
                if answer.status_code != 405 and not (method == "OPTIONS" and answer.headers.get("Allow") and not answer.content):
                    faults.append((door.name, method, answer.status_code))
    none(faults)


@pytest.mark.parametrize("key", EVERYBODY)
def test_what_is_hidden_answers_exactly_like_what_is_absent(world: World, key):
    """Status, headers and body, whatever is sent; and nothing is changed by the attempt."""
    client, faults, before = signed_in(world, key), [], snapshot()
    for door in (door for door in doors() if door.kind == "thing"):
        rest = {name: seen(world, key, name) or nothing(name) for name in door.names}
        for name in set(door.names) - {"key", "member_id"}:
            for method in set(door.methods) - {"HEAD"}:
                for sent in ({}, FILLED) if method == "POST" and key == "otto" else (FILLED,):
                    nowhere = plain(ask(client, method, door.at(**rest | {name: nothing(name)}), door, sent))
                    for thing in hidden(world, key, name, 2 if key == "otto" else 1):
                        answer = plain(ask(client, method, door.at(**rest | {name: thing}), door, sent))
                        if answer != nowhere or answer[0] not in {403, 404, 422}:
                            faults.append((door.name, method, bool(sent), answer[0], nowhere[0]))
    none(faults)
    assert snapshot() == before


@pytest.mark.parametrize("key", ["otto", "bela", "alma"])
def test_nor_does_a_hidden_thing_show_that_it_is_named_in_a_form_or_a_query(world: World, key):
    client, faults = signed_in(world, key), []
    theirs, none_such = named_by(lambda kind: next(iter(hidden(world, key, kind, 1)), ABSENT)), named_by(lambda _kind: ABSENT)
    for door in (door for door in doors() if door.is_ours and door.name not in {"set_language", "accounts:live"}):
        address = door.at(**{name: seen(world, key, name) or nothing(name) for name in door.names})
        for method in set(door.methods) - {"HEAD"}:
            answers = []
            for named in (theirs, none_such):
                with undone(client):
                    query = f"{address}?{urlencode(named, doseq=True)}"
                    answers.append(plain(ask(client, method, query if method == "GET" else address, door, FILLED | named)))
            if answers[0] != answers[1]:
                faults.append((door.name, method, answers[0][0], answers[1][0]))
    none(faults)


def named_by(choose: Callable[[str], UUID]) -> dict[str, Any]:
    """Every name by which a form or a query may ask for a thing, alone and among several."""
    found: dict[str, Any] = {}
    for kind in ("casefile_id", "record_id", "rendition_id", "mention_id", "subject_id", "agreement_id", "release_id", "task_id"):
        thing, name = str(choose(kind)), kind.removesuffix("_id")
        found |= {kind: thing, name: thing, f"{kind}s": [thing], f"{name}s": [thing], f"from_{kind}": thing, f"from_{name}": thing}
    return found | {"case": found["casefile"], "home": found["casefile"], "case_id": found["casefile"]}


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """What happens inside never happened, nor does the browser remember it; a deed's own transaction takes this one for the test's."""
    before = deepcopy(client.cookies)
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)
    client.cookies = before


@pytest.mark.parametrize("key", EVERYBODY)
def test_what_one_may_see_opens_and_nothing_breaks(world: World, key):
    client, faults = signed_in(world, key), []
    for door in (door for door in doors() if "GET" in door.methods):
        things = {name: seen(world, key, name) or nothing(name) for name in door.names}
        answer = client.get(
            door.at(**things), {ASKED[door.name]: seen(world, key, f"{ASKED[door.name]}_id") or ABSENT} if door.name in ASKED else {}
        )
        known = set(things.values()).isdisjoint({nothing("casefile_id"), nothing("key")}) and door.name not in {*ASKED, *INSIDE}
        if answer.status_code not in {200, 302} | NOT_FOR_ALL.get(door.name, set()) | (
            {403, 404} if not known or not door.is_ours else set()
        ):
            faults.append((door.name, answer.status_code))
    none(faults)


ASKED = {  # what a query must name
    "entities:new-subject": "mention", "mention-list": "rendition", "import-list": "casefile", "release-choices": "casefile",
    "transaction-list": "rendition", "transaction-totals": "rendition", "call-list": "rendition", "call-totals": "rendition",
}  # fmt: skip
INSIDE = {  # of a release, for those who give it; of two versions, where there are two
    "release-policy-again", "releases:change", "releases:preview", "release-preview", "intelligence:compare", "item-compare",
}  # fmt: skip
NOT_FOR_ALL = {
    "entities:merge": {403, 422}, "entities:relate-to": {403, 422}, "entities:support-relation": {403},  # 422: of two that cannot be one
    "agreements:new": {403}, "casefiles:close": {403}, "casefiles:hand-over": {403}, "joint:new": {403}, "prosecution:of-case": {404},
    "prosecution:of-joint": {404},
}  # fmt: skip


def snapshot() -> dict[str, str]:
    """Every guarded table and the rows that decide on sight, as they stand."""
    tables = [*guarded_tables(), "casefiles_casegrant", "records_recordgrant", "accounts_membership", "accounts_officer"]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            row = "to_jsonb(t) - 'last_login'"
            cursor.execute(f"SELECT md5(coalesce(string_agg(({row})::text, ',' ORDER BY t.id), '')) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found
