"""The components of the pages: what they say, and what they never write back."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

NOON = dt.datetime(2026, 9, 3, 15, 20, tzinfo=dt.UTC)


def shown(template: str, /, **context: Any) -> str:
    return Template(template).render(Context(context))


def typed_into(request: Any, *, resend: bool = False) -> str:
    return shown("{% kept resend=resend %}", request=request, resend=resend, csrf_token="t")


@pytest.fixture
def sent(rf: RequestFactory) -> Any:
    """A form that this site's own page sent."""
    secrets = {"password": "s3cret", "proof_code": "123456", "proof_passkey": '{"id": 1}', "csrfmiddlewaretoken": "token"}
    return rf.post("/cases/new/", {"title": "Harbor <Ledger>", **secrets}, headers={"Origin": "http://testserver"})


def test_a_moment_stands_in_the_readers_zone_with_its_offset():
    reader = SimpleNamespace(time_zone="America/New_York")
    text = shown("{% when moment %}", moment=NOON, request=SimpleNamespace(user=reader))
    assert text == '<time datetime="2026-09-03T15:20:00+00:00">3 Sep 2026, 11:20 (UTC−04:00)</time>'


def test_a_day_and_nothing_stand_as_they_are():
    assert shown("{% when day %}", day=dt.date(2026, 9, 3)) == '<time datetime="2026-09-03">3 Sep 2026</time>'
    assert shown("{% when day %}", day=None) == "<span>—</span>"


def test_a_deadline_says_what_is_left_and_what_is_late():
    now = timezone.now()
    assert 'class="soon">7' in shown("{% due moment %}", moment=now + dt.timedelta(hours=7, minutes=1))
    assert 'class="late">1' in shown("{% due moment %}", moment=now - dt.timedelta(days=1, minutes=1))


def test_a_sentence_is_shown_and_never_run():
    assert "&lt;script&gt;" in shown("{% note text 'bad' %}{% chip text %}", text="<script>")


def test_what_was_typed_is_kept_and_no_secret_with_it(sent: Any):
    page = typed_into(sent, resend=True)
    assert "Harbor &lt;Ledger&gt;" in page
    assert '<textarea name="title" hidden>' in page
    assert not any(secret in page for secret in ("s3cret", "123456", "&quot;id&quot;", '"token"'))


def test_what_another_site_made_the_browser_send_is_not_offered_again(sent: Any):
    sent.META["HTTP_ORIGIN"] = "https://elsewhere.example"
    assert typed_into(sent, resend=True).strip() == ""


def test_a_body_too_large_to_read_keeps_nothing_and_breaks_nothing(sent: Any, settings: Any):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    assert typed_into(sent).strip() == ""


def test_the_way_back_leads_to_this_site_only(rf: RequestFactory):
    here = rf.get("/x/", headers={"Referer": "http://testserver/cases/"})
    elsewhere = rf.get("/x/", headers={"Referer": "https://elsewhere.example/"})
    assert shown("{% came_from %}", request=here) == "http://testserver/cases/"
    assert shown("{% came_from %}", request=elsewhere) == ""


def test_the_next_page_keeps_the_filters(rf: RequestFactory):
    page = shown("{% pager cursor %}", request=rf.get("/cases/", {"q": "a&b", "after": "old"}), cursor="new")
    assert 'href="?q=a%26b"' in page
    assert 'href="?q=a%26b&amp;after=new"' in page


def test_a_list_of_one_page_has_no_pager(rf: RequestFactory):
    assert shown("{% pager cursor %}", request=rf.get("/cases/"), cursor="").strip() == ""


class Naming(forms.Form):
    title = forms.CharField(help_text="As colleagues read it.")
    note = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_form_says_what_is_wrong_first_and_links_to_each_field():
    page = str(Naming({}))
    assert page.index('class="errors') < page.index('name="title"')
    assert '<a href="#id_title">Title: ' in page
    assert '<a href="#id_kind">Kind: ' in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_error"' in page
    assert page.count("(optional)") == 1


class Choosing(forms.Form):
    ONE_OF = ("person", "email")
    title = forms.CharField()
    person = forms.CharField(required=False)
    email = forms.EmailField(required=False)
    until = forms.DateField(required=False)


def test_two_fields_of_which_one_has_to_be_filled_in_are_not_called_optional():
    page = str(Choosing())
    assert page.count("(optional)") == 1
    assert "Until <span" in page


def test_an_untouched_form_accuses_nobody():
    assert 'class="errors' not in str(Naming())
