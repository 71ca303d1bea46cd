"""What machines read of the machine door."""

import io
import json
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def schema() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def test_it_is_openapi_3_1(schema):
    assert schema["openapi"].startswith("3.1")


def test_every_door_says_which_key_opens_it_and_how_it_refuses(schema):
    doors = [door for path in schema["paths"].values() for door in path.values()]
    assert doors
    for door in doors:
        assert {"token": []} in door["security"], door["operationId"]
        assert "application/problem+json" in door["responses"]["default"]["content"], door["operationId"]


def test_every_post_can_be_repeated_safely(schema):
    posts = [path["post"] for path in schema["paths"].values() if "post" in path]
    assert posts
    for post in posts:
        assert "Idempotency-Key" in {given["name"] for given in post.get("parameters", ())}, post["operationId"]


def test_no_two_rooms_show_different_things_under_one_name(db, capsys):
    call_command("spectacular", "--validate", stdout=io.StringIO())
    assert "Warning" not in capsys.readouterr().err


BOUNDED = {"enum", "format", "pattern"}


def named_in(what: object) -> set[str]:
    return set(re.findall(r"#/components/schemas/(\w+)", json.dumps(what)))


def taken(schema: dict) -> Iterator[tuple[str, dict]]:
    """Every field of every shape that a door takes in a body, and of those inside it."""
    shapes = schema["components"]["schemas"]
    known, wanted = set(), named_in([door.get("requestBody") for path in schema["paths"].values() for door in path.values()])
    while wanted - known:
        known |= wanted
        wanted = named_in([shapes[name] for name in known])
    for name in known:
        for field, what in shapes[name].get("properties", {}).items():
            yield f"{name}.{field}", what
            yield f"{name}.{field}[]", what.get("items", {})


def test_every_list_and_text_that_is_taken_has_a_longest(schema):
    fields = list(taken(schema))
    lists = {name: field.get("maxItems") for name, field in fields if field.get("type") == "array"}
    texts = {name: field.get("maxLength") for name, field in fields if field.get("type") == "string" and not BOUNDED & {*field}}
    assert lists
    assert texts
    assert not [name for name, longest in (lists | texts).items() if longest is None]
