import pytest
from django.test import Client

ADDRESS = "/account/login/"


def attempt(client: Client, email: str, password: str) -> int:
    return client.post(ADDRESS, {"login": email, "password": password}).status_code


@pytest.mark.django_db
def test_guessing_a_password_is_stopped_after_five_tries(client, ana):
    assert [attempt(client, ana.email, f"wrong {number}") for number in range(5)] == [200, 200, 200, 200, 429]


@pytest.mark.django_db
def test_the_right_password_does_not_open_a_locked_account(client, ana):
    for number in range(5):
        attempt(client, ana.email, f"wrong {number}")
    attempt(client, ana.email, "harbor-ledger-2026")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_lockout_says_what_to_do_on_a_page_of_the_portal(client, ana):
    for number in range(4):
        attempt(client, ana.email, f"wrong {number}")
    page = client.post(ADDRESS, {"login": ana.email, "password": "wrong again"})
    assert page.status_code == 429
    assert "Wait a quarter of an hour" in page.content.decode()


@pytest.mark.django_db
def test_one_officers_lockout_leaves_another_free(client, ana, sami):
    for number in range(5):
        attempt(client, ana.email, f"wrong {number}")
    attempt(client, sami.email, "harbor-ledger-2026")
    assert client.session["_auth_user_id"] == str(sami.pk)


@pytest.mark.django_db
def test_an_unknown_address_is_answered_like_a_wrong_password(client, ana):
    known = client.post(ADDRESS, {"login": ana.email, "password": "wrong"}).content
    unknown = client.post(ADDRESS, {"login": "nobody@nfis.example", "password": "wrong"}).content
    assert len(known) == len(unknown) - len("nobody@nfis.example") + len(ana.email)
