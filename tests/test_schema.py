"""What machines read of the machine door."""

import io

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
