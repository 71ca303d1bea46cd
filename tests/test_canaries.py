"""A word was planted in every thing of every agency; each of the cast opens every door, and reads no word that is not theirs."""

import re
from itertools import product
from typing import Any

import pytest
from django.test import Client

from portal.demo.cast import CAST
from tests.answers import body, drawn
from tests.doors import Door, doors
from tests.test_doors import every_address, none, signed_in, some_addresses, undone
from tests.world import World

pytestmark = pytest.mark.django_db
EVERYBODY = [person.key for person in CAST]
SOUGHT = ("title", "item 1", "mention 0", "subject", "identifier 0", "alias 0")
THOROUGH = {"ana", "bela", "otto"}
COMPLETE = {"ana", "bela", "tomas", "otto"}  # to whom every word that was shown to them is served
OTHERS = {
    "bela": ("arrecife", "fiscalía nacional", "sofía"),
    "tomas": ("bela arouche", "serviço de inteligência", "breno"),
}
"""Recipients of what the other held as well: neither that agency nor its people are anywhere before them."""
CHOOSERS = {"releases:new", "releases:change"}  # offer every agency that this node knows
PLANTED = re.compile(r"zq[a-f]{2,9}", re.IGNORECASE)


def everything(response: Any) -> str:
    """All bytes a client gets: status, headers, cookies, where it is sent, and the body."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{response.reason_phrase}\n{headers}\n{response.cookies.output()}\n{body(response)}".lower()


def crawl(world: World, key: str, **headers: str) -> dict[tuple[str, str], str]:
    """What every readable door serves this person, by door and address: for all they see, and of what they do not, for all or for some.

    Three of the cast try everything there is. The others try one thing of each audience they are not of: that all of it answers
    like what is absent is looked at in tests/test_doors.py.
    """
    client, served = signed_in(world, key), {}
    for door in (door for door in doors() if "GET" in door.methods):
        for url in every_address(world, door) if key in THOROUGH else some_addresses(world, key, door):
            with undone(client):
                answer = client.get(url, headers=headers)
            assert answer.status_code < 500, f"{door.name}: a page that breaks shows nothing to search"
            served[door.name, url] = everything(answer)
    return served


@pytest.mark.parametrize("key", EVERYBODY)
def test_no_word_reaches_whoever_it_was_not_shown_to(world: World, key):
    hidden, found, faults = world.hidden_from(key), set(), []
    for (name, _url), served in crawl(world, key).items():
        words = set(PLANTED.findall(served))
        found |= words
        faults += [(name, hidden[word]) for word in words & set(hidden)]
        faults += [(name, other) for other in OTHERS.get(key, ()) if other in served and name not in CHOOSERS]
    none(sorted(set(faults)))
    if key in COMPLETE:  # else the search above would find nothing because nothing is served at all
        none(sorted(what for word, what in world.shown_to(key).items() if word not in found))


@pytest.mark.parametrize("key", ["bela", "otto", "alma"])
def test_nor_as_a_fragment(world: World, key):
    hidden, faults = world.hidden_from(key), []
    for (name, _url), served in crawl(world, key, **{"HX-Request": "true"}).items():
        faults += [(name, hidden[word]) for word in set(PLANTED.findall(served)) & set(hidden)]
    none(sorted(set(faults)))


@pytest.mark.parametrize("key", ["ana", "bela", "tomas", "otto", "alma"])
def test_two_versions_beside_each_other_show_no_word_of_one_that_is_not_seen(world: World, key):
    client, hidden, faults = signed_in(world, key), world.hidden_from(key), []
    renditions = world.things["rendition_id"]
    for later, earlier in product(renditions, renditions):
        for url in (f"/intelligence/{later}/compare/{earlier}/", f"/api/v1/intelligence/{later}/compare/{earlier}/"):
            with undone(client):
                answer = client.get(url)
            assert answer.status_code in {200, 404}
            assert answer.status_code == 404 or all(key in renditions[each] for each in (later, earlier))
            faults += [(url, hidden[word]) for word in set(PLANTED.findall(everything(answer))) & set(hidden)]
    none(sorted(set(faults)))


def test_a_word_once_found_is_found(world: World):
    words = list(world.canaries)
    assert len(words) > 100
    assert all(PLANTED.fullmatch(word) for word in words)


@pytest.mark.parametrize("key", ["bela", "otto", "alma", "ana"])
def test_searching_for_a_hidden_word_answers_like_searching_for_nothing(world: World, key):
    client, faults = signed_in(world, key), []
    hidden = {what.rpartition(":")[2]: word for word, what in world.hidden_from(key).items() if what.endswith(SOUGHT)}
    for door in (door for door in doors() if "GET" in door.methods and not door.names and door.is_ours and door.name != "accounts:live"):
        nowhere = searched(client, door, "zqnowhere")
        faults += [(door.name, what) for what, word in hidden.items() if searched(client, door, word) != nowhere]
    assert {sought for sought in SOUGHT if any(what.endswith(sought) for what in hidden)} == set(SOUGHT)
    none(faults)


def searched(client: Client, door: Door, word: str) -> str:
    with undone(client):
        answer = client.get(door.at(), {"q": word})
        return re.sub(r"content-length: \d+|expires[:=][^;\n]*", "", drawn(everything(answer).replace(word, "WORD"), door.at()))
