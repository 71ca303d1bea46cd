"""What is typed into a form is kept for its officer, offered on that form's page alone, and gone once it was sent."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from rest_framework.throttling import SimpleRateThrottle

from accounts import actions as accounts
from accounts.models import Draft
from audit.models import Event
from cases.casefiles import actions
from cases.casefiles.models import CaseFile, Note
from cases.entities import actions as entities
from cases.intelligence import actions as intelligence
from tests.cases.asking import ABSENT, page
from tests.cases.intelligence.conftest import said
from tests.drafting import KEEP, browser, drafts, forms, keep, opened

pytestmark = pytest.mark.django_db
WORDS = "zq The foreman saw <b>Tio</b> & the lorry."
SHOWN = "zq The foreman saw &lt;b&gt;Tio&lt;/b&gt; &amp; the lorry."


@pytest.fixture
def case(ana, sami) -> CaseFile:
    return actions.open_case(officer=ana, title="Operation Harbor Ledger", team=[sami.pk])


@pytest.fixture
def notes(case) -> str:
    return f"/cases/{case.pk}/notes/"


def begin(officer, address: str, **typed: str) -> Draft:
    client = browser(officer)
    keep(client, opened(client, address), **typed)
    return drafts(officer)[-1]


def test_what_was_typed_is_offered_when_the_form_is_opened_again_and_put_back_when_asked(ana, notes):
    draft = begin(ana, notes, text=WORDS)
    again = page(ana, "get", notes).content.decode()
    assert "You began this on" in again
    assert SHOWN not in again
    assert f'href="{draft.address}"' in again
    back = page(ana, "get", draft.address).content.decode()
    assert "You go on with what you began on" in back
    assert f">\n{SHOWN}</textarea>" in back
    assert WORDS not in back


def test_everything_in_a_form_comes_back(ana, sami, case):
    typed = {"title": "Ask the harbour", "due_on": "2026-12-09", "person": str(sami.pk)}
    draft = begin(ana, f"/cases/{case.pk}/tasks/", **typed)
    back = page(ana, "get", draft.address).content.decode()
    for value in ('value="Ask the harbour"', 'value="2026-12-09"', f'value="{sami.pk}" selected'):
        assert value in back


def test_so_do_the_paragraphs_of_an_item_and_the_articles_of_an_agreement(ana, sami, case):
    two = {"paragraphs-TOTAL_FORMS": "2", "paragraphs-INITIAL_FORMS": "0", "paragraphs-0-text": "One said", "paragraphs-1-text": "Two said"}
    draft = begin(ana, f"/intelligence/new/?casefile={case.pk}", title="Begun", casefile=str(case.pk), **two)
    back = page(ana, "get", draft.address).content.decode()
    assert [words in back for words in ("One said</textarea>", "Two said</textarea>", 'value="Begun"')] == [True] * 3
    articles = {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "0", "form-4-number": "12a", "form-4-text": "The fifth says"}
    draft = begin(sami, "/agreements/new/", title="Annex", **articles)
    back = page(sami, "get", draft.address).content.decode()
    assert [words in back for words in ("The fifth says</textarea>", 'value="12a"', 'value="Annex"')] == [True] * 3


def test_a_tear_line_comes_back_beside_its_original(ana, case):
    said = {"kind": "information", "scheme": "admiralty", "source_code": "B", "information_code": "2", "handling_scheme": "europol"}
    paragraph = said | {"text": "As said.", "handling_code": "H1"}
    item = intelligence.record_item(officer=ana, casefile_id=case.pk, title="Interview", handling_code="H1", paragraphs=[paragraph])
    torn = {"paragraphs-TOTAL_FORMS": "1", "paragraphs-INITIAL_FORMS": "0", "paragraphs-0-of": "1", "paragraphs-0-text": "As it leaves."}
    draft = begin(ana, f"/intelligence/{item.pk}/tear-line/", title="For partners", **torn)
    back = page(ana, "get", draft.address).content.decode()
    assert "As it leaves.</textarea>" in back
    assert 'value="For partners"' in back
    assert "has changed since" not in back


def test_without_scripts_a_button_keeps_it_and_leads_back_to_the_form_with_all_that_was_typed(ana, notes):
    client = browser(ana)
    answer = keep(client, opened(client, notes), script=False, text=WORDS)
    [draft] = drafts(ana)
    assert answer.url == draft.address
    back = client.get(answer.url).content.decode()
    assert "It is kept as a draft. Nothing was sent." in back
    assert f"{SHOWN}</textarea>" in back


def test_once_it_is_sent_the_draft_is_gone(ana, notes):
    client = browser(ana)
    hidden = opened(client, notes)
    keep(client, hidden, text=WORDS)
    assert client.post(notes, {**hidden, "text": WORDS}).status_code == 302
    assert drafts(ana) == []
    assert "You began this" not in client.get(notes).content.decode()


def test_what_was_refused_stays_kept_and_its_form_goes_on_with_the_same_draft(ana, notes):
    client = browser(ana)
    hidden = opened(client, notes)
    keep(client, hidden, text=WORDS)
    answer = client.post(notes, {**hidden, "text": ""})
    assert answer.status_code == 422
    assert forms(answer.content.decode()) == [hidden]
    assert len(drafts(ana)) == 1


def test_a_deed_that_a_rule_refuses_keeps_it_too(ana, sami, case, notes):
    client = browser(ana)
    hidden = opened(client, notes)
    keep(client, hidden, text=WORDS)
    actions.close_case(officer=sami, casefile_id=case.pk, outcome="charged", reason="Indicted.")
    assert client.post(notes, {**hidden, "text": WORDS}).status_code == 409
    assert len(drafts(ana)) == 1


def test_two_windows_that_go_on_with_one_draft_keep_both_texts(ana, notes):
    client = browser(ana)
    draft = begin(ana, notes, text="First")
    one, other = opened(client, draft.address), opened(client, draft.address)
    assert "another window" not in keep(client, one, text="First, and more").content.decode()
    assert "another window" in keep(client, other, text="First, otherwise").content.decode()
    keep(client, one, text="First, and more still")
    keep(client, other, text="First, otherwise still")
    texts = {accounts.typed_in(ana, each.key, notes)["text"][0] for each in drafts(ana)}
    assert texts == {"First, and more still", "First, otherwise still"}


def test_what_one_window_sends_takes_nothing_that_another_wrote_since(ana, notes):
    client = browser(ana)
    draft = begin(ana, notes, text="First")
    one, other = opened(client, draft.address), opened(client, draft.address)
    keep(client, other, text="Newer words")
    assert client.post(notes, {**one, "text": "First"}).status_code == 302
    [left] = drafts(ana)
    assert accounts.typed_in(ana, left.key, notes) == {"text": ["Newer words"]}


def test_an_answer_lost_on_the_way_makes_no_second_draft(ana, notes):
    client = browser(ana)
    hidden = opened(client, notes)
    for text in ("One", "One two", "One two three"):  # the page never hears what version that was
        keep(client, dict(hidden), text=text)
    [draft] = drafts(ana)
    assert accounts.typed_in(ana, draft.key, notes) == {"text": ["One two three"]}


def test_it_is_said_when_the_thing_has_changed_since(ana, case):
    note = actions.write_note(officer=ana, casefile_id=case.pk, text="As it was.")
    address = f"/cases/notes/{note.pk}/change/"
    draft = begin(ana, address, text="As I would say it.", number="1")
    assert "has changed since" not in page(ana, "get", address).content.decode()
    actions.change_note(officer=ana, note_id=note.pk, number=1, text="As it is now.")
    assert "has changed since" in page(ana, "get", address).content.decode()
    back = page(ana, "get", draft.address).content.decode()
    assert "Look at how it stands now before you send it" in back
    assert 'name="number" value="2"' in back


def test_what_is_thrown_away_is_gone_and_its_page_is_shown_again(ana, notes):
    draft = begin(ana, notes, text=WORDS)
    away = f"/account/drafts/{draft.key}/throw-away/"
    assert page(ana, "post", away, {"next": notes}).url == notes
    assert drafts(ana) == []
    assert page(ana, "post", away, {"next": notes}).status_code == 404
    again = begin(ana, notes, text=WORDS)
    assert page(ana, "post", f"/account/drafts/{again.key}/throw-away/", {"next": "https://elsewhere.example/"}).url == "/drafts/"


# --- Nobody else, and nowhere else


def test_nobody_else_is_offered_it_by_key_or_page(ana, sami, alma, iris, notes):
    draft = begin(ana, notes, text=WORDS)
    for other in (sami, alma, iris):
        for address in (notes, draft.address, "/drafts/"):
            said = page(other, "get", address).content.decode().replace(f"draft={draft.key}", "")
            assert not any(words in said for words in ("You began this", SHOWN, str(draft.key)))
        assert page(other, "post", f"/account/drafts/{draft.key}/throw-away/").status_code == 404
    assert len(drafts(ana)) == 1


def test_another_officer_who_sends_the_same_key_has_a_draft_of_their_own(ana, sami, notes):
    draft = begin(ana, notes, text=WORDS)
    client = browser(sami)
    assert keep(client, opened(client, notes) | {"draft": str(draft.key)}, text="Sami's own").status_code == 200
    assert accounts.typed_in(ana, draft.key, notes) == {"text": [WORDS]}
    assert accounts.typed_in(sami, draft.key, notes) == {"text": ["Sami's own"]}


def test_a_page_that_is_no_longer_open_gives_nothing_back(sami, ana, case, notes):
    """Taken off the case, Sami's draft is out of his reach with the next request; the list says so, and what he can do."""
    draft = begin(sami, notes, text=WORDS)
    assert "Operation Harbor Ledger" in page(sami, "get", "/drafts/").content.decode()
    actions.take_off_team(officer=ana, casefile_id=case.pk, member_id=sami.pk)
    for address in (notes, draft.address):
        assert page(sami, "get", address).status_code == 404
    said = page(sami, "get", "/drafts/").content.decode()
    assert "no longer open to you" in said
    assert draft.address not in said
    for words in ("Operation Harbor Ledger", SHOWN, case.reference):
        assert words not in said


def test_what_was_begun_for_a_case_is_gone_with_it_though_the_case_stands_after_the_question_mark(ana, sami, case):
    address = f"/intelligence/new/?casefile={case.pk}"
    draft = begin(ana, address, title="zq the foreman")
    assert "zq the foreman" in page(ana, "get", draft.address).content.decode()
    assert "zq the foreman" not in page(ana, "get", f"/intelligence/new/?draft={draft.key}").content.decode()
    actions.change_lead(officer=sami, casefile_id=case.pk, lead_id=sami.pk)
    actions.take_off_team(officer=sami, casefile_id=case.pk, member_id=ana.pk)
    assert page(ana, "get", draft.address).status_code == 404


def test_the_page_for_a_new_subject_is_open_for_what_one_sees_alone(ana, sami, case):
    item = intelligence.record_item(officer=ana, casefile_id=case.pk, **said())
    mention = entities.note_mention(officer=ana, rendition_id=item.pk, etype="person", name="Tio")
    address = f"/subjects/new/?mention={mention.pk}"
    draft = begin(ana, address, label="zq the foreman's brother")
    assert "foreman&#x27;s brother" in page(ana, "get", draft.address).content.decode()
    actions.change_lead(officer=sami, casefile_id=case.pk, lead_id=sami.pk)
    actions.take_off_team(officer=sami, casefile_id=case.pk, member_id=ana.pk)
    for hidden in (draft.address, f"/subjects/new/?mention={ABSENT}", "/subjects/new/?mention=nobody"):
        assert page(ana, "get", hidden).status_code == 404


def test_a_draft_is_put_back_on_its_own_page_alone(ana, case, notes):
    draft = begin(ana, notes, text=WORDS)
    other = actions.open_case(officer=ana, title="Paper Lighthouse")
    for address in (f"/cases/{other.pk}/notes/", f"/cases/{case.pk}/tasks/", "/cases/new/"):
        said = page(ana, "get", f"{address}?draft={draft.key}").content.decode()
        assert SHOWN not in said
        assert "You began this" not in said


def test_nothing_is_kept_for_an_address_that_no_page_signed_or_that_was_signed_for_somebody_else(ana, sami, notes):
    client = browser(ana)
    hidden, theirs = opened(client, notes), opened(browser(sami), notes)
    signature = hidden["draft_of"].rpartition(":")[2]
    forged = json.dumps([str(ana.pk), "note", "//elsewhere.example/", "", ""]) + ":" + signature
    for wrong in ({"draft_of": forged}, {"draft_of": theirs["draft_of"]}, {"draft_of": ""}, {"draft": "x"}, {"draft_version": "-1"}):
        assert keep(client, hidden | wrong, text=WORDS).status_code == 422
    assert keep(client, {}, text=WORDS).status_code == 422
    assert drafts(ana) == []


def test_no_secret_is_kept_and_no_file(ana, notes):
    client = browser(ana)
    secret = {"proof_password": "zqsecret", "proof_code": "1", "credential": "c", "csrfmiddlewaretoken": "t", "content_hash": "h"}
    keep(client, opened(client, notes), text=WORDS, **secret)
    [draft] = drafts(ana)
    assert accounts.typed_in(ana, draft.key, notes) == {"text": [WORDS]}


def test_it_lies_sealed(ana, notes):
    draft = begin(ana, notes, text=WORDS)
    row = Draft.objects.visible_to(ana).values().get(pk=draft.pk)
    assert "foreman" not in str(row)


def test_one_sealed_under_a_key_that_was_given_up_is_not_put_back(ana, notes, settings):
    draft = begin(ana, notes, text=WORDS)
    settings.SECRET_KEY = "another key of this installation"
    said = page(ana, "get", draft.address)
    assert said.status_code == 200
    assert SHOWN not in said.content.decode()
    settings.SECRET_KEY_FALLBACKS = ["the tests' own key, public and therefore worth nothing"]
    assert SHOWN in page(ana, "get", draft.address).content.decode()


def test_the_ledger_hears_of_the_deed_and_not_of_its_draft(ana, case, notes):
    client = browser(ana)
    hidden = opened(client, notes)
    before = Event.objects.count()
    for text in ("T", "Th", "The"):
        keep(client, hidden, text=text)
    assert Event.objects.count() == before
    client.post(notes, {**hidden, "text": "The end"})
    assert Event.objects.filter(kind="casefiles.note.written").count() == 1
    assert Note.objects.visible_to(ana).get(casefile=case).text == "The end"


def test_a_draft_is_in_no_search_and_no_list_of_the_case(ana, sami, case, notes):
    begin(ana, notes, text=WORDS)
    for address in (f"{notes}?q=foreman", f"/cases/{case.pk}/activity/", "/cases/?q=foreman", f"/cases/{case.pk}/"):
        for officer in (ana, sami):
            assert "foreman" not in page(officer, "get", address).content.decode().replace("q=foreman", "").replace('value="foreman"', "")


# --- How much, how long, how often


def test_one_too_long_is_refused_and_what_was_kept_before_stays(ana, notes):
    client = browser(ana)
    hidden = opened(client, notes)
    keep(client, hidden, text=WORDS)
    answer = keep(client, hidden, text="ж" * 250_001)
    assert (answer.status_code, "longer than a draft can be" in answer.content.decode()) == (422, True)
    [draft] = drafts(ana)
    assert accounts.typed_in(ana, draft.key, notes) == {"text": [WORDS]}
    assert keep(client, hidden, text="ж" * 249_000).status_code == 200


def test_an_officer_keeps_so_many_and_no_more(ana, notes, monkeypatch):
    monkeypatch.setattr("accounts.actions.drafts.MOST_DRAFTS", 2)
    client = browser(ana)
    hidden = [opened(client, notes) for _nth in range(3)]
    assert [keep(client, each, text="x").status_code for each in hidden] == [200, 200, 409]
    assert keep(client, hidden[0], text="y").status_code == 200


def test_thirty_days_after_the_last_word_it_is_forgotten(ana, notes):
    old, new = begin(ana, notes, text="Old"), begin(ana, notes, text="New")
    Draft.objects.visible_to(ana).filter(pk=old.pk).update(kept_at=Now() - timedelta(days=30, minutes=1))
    said = page(ana, "get", notes).content.decode()
    assert str(old.key) not in said
    assert str(new.key) in said
    assert "Old" not in page(ana, "get", old.address).content.decode()
    assert accounts.forget_drafts() == 1
    assert accounts.forget_drafts() == 0
    assert drafts(ana) == [new]


def test_whoever_leaves_the_service_leaves_no_draft(ana, adam, notes):
    begin(ana, notes, text=WORDS)
    accounts.dismiss_officer(by=adam, officer_id=ana.pk)
    assert drafts(ana) == []


def test_pages_that_keep_more_often_than_anybody_types_wait(ana, sami, notes, monkeypatch):
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "drafts", "2/min")
    client, other = browser(ana), browser(sami)
    hidden = opened(client, notes)
    assert [keep(client, hidden, text=str(nth)).status_code for nth in range(3)] == [200, 200, 503]
    assert keep(other, opened(other, notes), text="x").status_code == 200


def test_a_number_of_rows_that_no_page_ever_said_breaks_nothing(ana, sami, case):
    for officer, address, prefix in ((ana, "/intelligence/new/", "paragraphs"), (sami, "/agreements/new/", "form")):
        for number in ("9" * 5000, "-3", "99999", ""):
            draft = begin(officer, address, **{f"{prefix}-TOTAL_FORMS": number})
            assert page(officer, "get", draft.address).status_code == 200
            for button in ("grow", "more"):
                assert page(officer, "post", address, {f"{prefix}-TOTAL_FORMS": number, button: "more"}).status_code in {200, 422}


def test_an_address_that_asks_for_more_than_any_link_does_is_kept_without_it(ana):
    draft = begin(ana, f"/cases/new/?casefile={'x' * 600}", title="Begun")
    assert draft.address == f"/cases/new/?draft={draft.key}"
    assert 'value="Begun"' in page(ana, "get", draft.address).content.decode()


def test_home_says_how_much_was_begun_and_leads_there(ana, notes):
    assert "begun and not sent" not in page(ana, "get", "/").content.decode()
    begin(ana, notes, text=WORDS)
    assert '<a href="/drafts/">1 thing begun and not sent</a>' in page(ana, "get", "/").content.decode()
    begin(ana, notes, text=WORDS)
    assert '<a href="/drafts/">2 things begun and not sent</a>' in page(ana, "get", "/").content.decode()


def test_whoever_is_not_signed_in_keeps_nothing_and_loses_nothing(client, ana, notes):
    hidden = opened(browser(ana), notes)
    said = client.post(KEEP, {**hidden, "text": WORDS})
    assert said.status_code == 401
    assert SHOWN in said.content.decode()
    assert hidden["draft_of"].split(":")[-1] in said.content.decode()
    assert "Draft of" not in said.content.decode()


def test_the_list_says_of_what_each_is_and_leads_back(ana, case, notes):
    note, task = begin(ana, notes, text=WORDS), begin(ana, f"/cases/{case.pk}/tasks/", title="Ask")
    new = begin(ana, "/cases/new/", title="Not yet")
    said = page(ana, "get", "/drafts/").content.decode()
    for words in ("Note in a case: Operation Harbor Ledger", "Task: Operation Harbor Ledger", ">Case<"):
        assert words in said
    for draft in (note, task, new):
        assert f'href="{draft.address}"' in said
    for words in ("foreman", "Not yet"):
        assert words not in said


def test_a_draft_of_a_page_that_is_no_more_opens_nothing(ana, notes):
    draft = begin(ana, notes, text=WORDS)
    Draft.objects.visible_to(ana).filter(pk=draft.pk).update(path="/no/such/page/")
    assert "no longer open to you" in page(ana, "get", "/drafts/").content.decode()


def test_the_database_takes_no_address_of_elsewhere(ana, notes):
    draft = begin(ana, notes, text=WORDS)
    for path in ("//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", ""):
        with pytest.raises(IntegrityError, match="a_draft_belongs_to_a_page_of_this_portal"), transaction.atomic():
            Draft.objects.visible_to(ana).filter(pk=draft.pk).update(path=path)
