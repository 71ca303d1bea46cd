"""Whatever is sent, nothing breaks: every door answers nonsense with a refusal that says so, and keeps its house in order."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.answers import body
from tests.doors import Door, doors, nothing
from tests.test_doors import FILLED, none, seen, signed_in, undone
from tests.world import World

pytestmark = pytest.mark.django_db
SENDERS = ("ana", "sami", "adam", "bela")
LONG, HUGE = "x" * 3_000, "x" * 1_000_000  # LONG in every field at once is still less than a door takes in
WORDS = [
    "", " ", "\x00", "\x00Harbor", LONG, "💥" * 300, "-1", "0", "999999999999999999999999", "1e309", "nan", "٣", "true", "not-a-uuid",
    "00000000-0000-0000-0000-000000000000", "2026-02-30", "0001-01-01", "0001-01-01T00:00", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "10000-01-01", "<script>alert(1)</script>",
    "%s%n%(x)s{0}", "' OR 1=1 --", "../../etc/passwd", "\u202eHarbor",
]  # fmt: skip
VALUES: list[Any] = [*WORDS, None, 0, -1, 1.5, 10**40, True, [], [[]], {}, {"a": {"b": []}}, ["not-a-uuid"], [None], "\ud800"]
FORM = "application/x-www-form-urlencoded"
CURSORS = [
    "x", "=", "%00", "%ff%fe", "é", "x" * 5_000,
    "MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMHwwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA",  # the first day there is, in Kiribati
    "OTk5OS0xMi0zMVQyMzo1OTo1OS0xNDowMHwwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA",
]  # fmt: skip
UNREADABLE = [  # content type, body
    ("application/json", b"{"),
    ("application/json", b"null"),
    ("application/json", b"[]"),
    ("application/json", b'"Harbor"'),
    ("application/json", b'{"title": NaN}'),
    ("application/json", b'{"title": "\xff\xfe"}'),
    ("application/json", b"[" * 100_000 + b"]" * 100_000),
    ("application/json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    ("application/json", b"9" * 100_000),
    ("application/json", b""),
    ("application/json; charset=utf-16", b"{}"),
    ("application/json; charset=nonsense", b"{}"),
    ("text/plain", b"title=Harbor"),
    ("application/xml", b"<title>Harbor</title>"),
    ("application/octet-stream", bytes(range(256))),
    ("application/x-www-form-urlencoded", b"title=%ff%fe&text=\xff\xfe&reason=%"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(6_000))),
    ("application/x-www-form-urlencoded; charset=nonsense", b"title=Harbor"),
    ("multipart/form-data", b"title=Harbor"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=title\r\n\r\nHarbor"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="title"; filename="a"\r\n\r\nHarbor\r\n--x--\r\n'),
    ("", b"title=Harbor"),
    ("application/x-www-form-urlencoded", b"text=" + b"x" * 5_000_000),
    ("application/json", b'{"text": "' + b"x" * 5_000_000 + b'"}'),
]


ASKED = (
    "q", "kind", "status", "state", "side", "etype", "category", "size", "to", "mention", "casefile", "case", "recipient", "paragraph",
    "actor", "subject", "looks", "agreement", "rendition", "person", "next",
)  # fmt: skip


@pytest.fixture(scope="module")
def names(world: World, django_db_blocker: Any) -> dict[bool, list[str]]:
    """Every name that any form (False) or any machine's body (True) has a use for."""
    with django_db_blocker.unblock():
        found = {False: {"after", "q", "next"}, True: {"after", "q"}}
        schema = signed_in(world, "ana").get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
        for shape in schema["components"]["schemas"].values():
            found[True] |= set(shape.get("properties", {}))
        for key in SENDERS:
            client = signed_in(world, key)
            for door in (door for door in doors() if "GET" in door.methods and not door.is_machine):
                for url in seen_addresses(world, key, door):
                    found[False] |= set(re.findall(r'name="([\w-]+)"', body(client.get(url))))
    return {machine: sorted(said - {"csrfmiddlewaretoken"}) for machine, said in found.items()}


def seen_addresses(world: World, key: str, door: Door) -> list[str]:
    """A page of some of the things that this person sees, and one of what they do not."""
    first = (door.names or ("",))[0]
    theirs = [thing for thing, shown in world.things.get(first, {}).items() if key in shown]
    others = {name: seen(world, key, name) or nothing(name) for name in door.names[1:]}
    return [door.at(**others | {first: thing}) for thing in [*theirs[:4], nothing(first)]]


def own(world: World, key: str, door: Door) -> dict[str, Any]:
    return {name: seen(world, key, name) or nothing(name) for name in door.names}


def writable() -> Iterator[tuple[Door, str]]:
    for door in doors():
        for method in door.methods:
            if method in {"POST", "PATCH", "DELETE"} and door.is_ours:
                yield door, method


def sender(world: World, door: Door, method: str) -> tuple[Client, str]:
    """Somebody whom this door takes something from, and its address for them: whoever is turned away at once tests little."""
    for key in SENDERS:
        client, url = signed_in(world, key), door.at(**own(world, key, door))
        if attempt(client, method, url, "application/json" if door.is_machine else FORM, b"").status_code not in {403, 404}:
            return client, url
    return signed_in(world, SENDERS[0]), door.at(**own(world, SENDERS[0], door))


def attempt(client: Client, method: str, url: str, content_type: str, sent: bytes, **headers: str) -> Any:
    with undone(client):
        return client.generic(method, url, sent, content_type=content_type, headers=headers)


def test_the_names_are_those_of_forms_and_of_the_schema(names):
    assert {"title", "text", "reason", "proof_password"} <= set(names[False])
    assert {"title", "text", "reason", "proof"} <= set(names[True])


@pytest.mark.parametrize("half", [0, 1])
def test_nonsense_in_every_field_of_a_form_breaks_nothing(world: World, names, half):
    faults = []
    for door, method in [pair for pair in writable() if not pair[0].is_machine][half::2]:
        client, url = sender(world, door, method)
        for word in WORDS:
            with undone(client):
                answer = client.post(url, {**FILLED, **dict.fromkeys(names[False], word)})
            if answer.status_code >= 500:
                faults.append((door.name, method, word[:30], answer.status_code))
    none(faults)


@pytest.mark.parametrize("half", [0, 1])
def test_nonsense_in_every_field_of_a_body_breaks_nothing(world: World, names, half):
    faults = []
    for door, method in [pair for pair in writable() if pair[0].is_machine][half::2]:
        client, url = sender(world, door, method)
        for value in VALUES:
            sent = json.dumps(dict.fromkeys(names[True], value)).encode()
            answer = attempt(client, method, url, "application/json", sent)
            if answer.status_code >= 500:
                faults.append((door.name, method, str(value)[:30].encode("ascii", "replace"), answer.status_code))
    none(faults)


@pytest.mark.parametrize("machine", [False, True])
def test_one_field_of_a_million_letters_breaks_nothing(world: World, machine):
    client, faults = signed_in(world, "ana"), []
    for door, method in writable():
        if door.is_machine is machine:
            for name in ("title", "text", "reason"):
                sent = FILLED | {name: HUGE}
                written = json.dumps(sent).encode() if machine else f"{name}={HUGE}".encode()
                kind = "application/json" if machine else FORM
                answer = attempt(client, method, door.at(**own(world, "ana", door)), kind, written)
                if answer.status_code >= 500:
                    faults.append((door.name, method, name, answer.status_code))
    none(faults)


@pytest.mark.parametrize(("kind", "sent"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_is_refused_and_breaks_nothing(world: World, kind, sent):
    client, faults = signed_in(world, "ana"), []
    for door, method in writable():
        answer = attempt(client, method, door.at(**own(world, "ana", door)), kind, sent)
        if answer.status_code >= 500 or (
            door.is_machine and answer.status_code >= 400 and "problem+json" not in answer.headers["Content-Type"]
        ):
            faults.append((door.name, method, answer.status_code))
    none(faults)


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_broken_cursor_breaks_no_list(world: World, cursor):
    client, faults = signed_in(world, "ana"), []
    for door in (door for door in doors() if "GET" in door.methods and door.is_ours and door.name != "accounts:live"):
        answer = attempt(client, "GET", f"{door.at(**own(world, 'ana', door))}?after={cursor}", "", b"")
        if answer.status_code >= 500:
            faults.append((door.name, answer.status_code))
    none(faults)


@pytest.mark.parametrize(
    "word", ["%00", "%ff%fe", "%ED%A0%80", "%F0%9F%92%A5" * 500, "x" * 20_000, "-1", "1e309", "%25%27%22%5C", "%D9%A3"]
)
def test_nonsense_in_every_query_breaks_no_page(world: World, word):
    client, faults = signed_in(world, "ana"), []
    query = "&".join(f"{name}={word}" for name in ASKED)
    for door in (door for door in doors() if "GET" in door.methods and door.is_ours and door.name != "accounts:live"):
        answer = attempt(client, "GET", f"{door.at(**own(world, 'ana', door))}?{query}", "", b"")
        if answer.status_code >= 500:
            faults.append((door.name, answer.status_code))
    none(faults)


@pytest.mark.parametrize("token", ["", "x", "Token", "Token \x00", "Token " + "x" * 10_000, "Token é", "Basic YTpi", "Bearer x"])
def test_a_broken_key_is_no_key(world: World, token):
    for door in (door for door in doors() if door.is_machine):
        answer = Client(raise_request_exception=False).get(door.at(), headers={"Authorization": token})
        assert answer.status_code in {401, 405}, door.name


@pytest.mark.parametrize("key", ["", " ", "x" * 81, "\x00", "é", "x" * 80])
def test_a_broken_idempotency_key_breaks_nothing(world: World, key):
    client, faults = signed_in(world, "ana"), []
    for door, method in writable():
        if door.is_machine:
            answer = attempt(client, method, door.at(**own(world, "ana", door)), "application/json", b"{}", **{"Idempotency-Key": key})
            if answer.status_code >= 500:
                faults.append((door.name, method, answer.status_code))
    none(faults)
