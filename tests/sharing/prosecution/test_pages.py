"""Advice at the pages and at the machine door."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import Officer
from sharing.prosecution.models import Advice
from tests.answers import body
from tests.cases.asking import ABSENT, api, page
from tests.cast import fresh
from tests.sharing.prosecution.conftest import WORDS, sees


def test_petra_writes_ana_answers_and_bela_is_let_in_and_out(joint, petra, ana, bela):
    address = reverse("prosecution:of-joint", args=[joint.pk])
    offered = set(page(petra, "get", address).context["form"].fields["to"].queryset.values_list("name", flat=True))
    assert offered == {"Ana Whitcombe", "Sami Okonjo-Hale", "Bela Arouche"}
    answer = page(petra, "post", address, {**WORDS, "to": [ana.pk]})
    advice = Advice.objects.visible_to(petra).get()
    one = reverse("prosecution:one", args=[advice.pk])
    assert (answer.status_code, answer["Location"]) == (302, one)
    read = body(page(ana, "get", one))
    for words in (WORDS["title"], WORDS["text"], "Legal privilege: prosecutor&#x27;s advice", petra.name, "Behind this wall"):
        assert words in read
    assert "Let out" not in read
    assert page(ana, "post", one, {"text": "It is asked for."}).status_code == 302
    assert "It is asked for." in body(page(petra, "get", one))
    assert page(petra, "post", f"{one}let-in/", {"member": bela.pk}).status_code == 302
    assert "It is asked for." in body(page(bela, "get", one))
    assert page(petra, "post", f"{one}let-out/{bela.pk}/").status_code == 302
    assert page(bela, "get", one).status_code == 404


def test_ana_asks_from_the_team_of_the_joint_case(joint, ana, petra):
    shown = body(page(ana, "get", reverse("joint:one", args=[joint.pk])))
    address = reverse("prosecution:of-joint", args=[joint.pk])
    assert f'href="{address}"' in shown
    assert "Ask for legal advice" in shown
    assert page(ana, "post", address, {"title": "May we?", "text": "Search?", "to": [petra.pk]}).status_code == 302
    assert Advice.objects.visible_to(petra).get().kind == "question"


def test_a_wrong_form_comes_back_with_what_was_typed(joint, petra, otto):
    for typed in ({**WORDS}, {**WORDS, "to": [otto.pk]}, {**WORDS, "to": ["nonsense"]}, {"title": "", "text": "x", "to": []}):
        answer = page(petra, "post", reverse("prosecution:of-joint", args=[joint.pk]), typed)
        assert answer.status_code == 422
        assert typed["text"] in body(answer)
    assert not Advice.objects.unscoped("test").exists()


def test_what_is_no_officer_lets_nobody_in(advice, petra):
    assert page(petra, "post", f"/advice/{advice.pk}/let-in/", {"member": "nonsense"}).status_code == 422
    assert page(petra, "post", f"/advice/{advice.pk}/let-in/", {"member": ABSENT}).status_code == 422
    assert page(petra, "post", f"/advice/{advice.pk}/", {"text": ""}).status_code == 422


def test_a_program_does_the_same(joint, petra, ana, bela, sami):
    made = api(petra, "post", "advice/", {"joint_id": str(joint.pk), "to": [str(ana.pk)], **WORDS})
    assert made.status_code == 201
    assert set(made.json()) == {"id", "reference"}
    one = f"advice/{made.json()['id']}/"
    seen = api(ana, "get", one).json()
    assert (seen["text"], seen["author"]["name"], seen["readers"][0]["officer"]["name"]) == (WORDS["text"], petra.name, ana.name)
    assert api(ana, "post", f"{one}replies/", {"text": "It is asked for."}).status_code == 201
    assert [row["text"] for row in api(petra, "get", one).json()["replies"]] == ["It is asked for."]
    assert api(ana, "post", f"{one}readers/", {"member_id": str(bela.pk)}).status_code == 403
    assert api(petra, "post", f"{one}readers/", {"member_id": str(bela.pk)}).status_code == 201
    assert api(petra, "delete", f"{one}readers/{bela.pk}/").status_code == 204
    assert api(bela, "get", one).status_code == 404
    assert [row["id"] for row in api(ana, "get", f"advice/?joint_id={joint.pk}").json()["results"]] == [made.json()["id"]]
    assert api(sami, "get", f"advice/?joint_id={joint.pk}").json()["results"] == []
    assert api(sami, "get", "advice/").json()["results"] == []
    asked = api(ana, "post", "advice/ask/", {"joint_id": str(joint.pk), "to": [str(petra.pk)], "title": "May we?", "text": "Search?"})
    assert asked.status_code == 201


def test_a_program_that_names_two_cases_or_none_finds_nothing(joint, case, petra, ana):
    for about in ({}, {"joint_id": str(joint.pk), "casefile_id": str(case.pk)}, {"joint_id": str(ABSENT)}, {"casefile_id": str(case.pk)}):
        assert api(petra, "post", "advice/", {"to": [str(ana.pk)], **WORDS, **about}).status_code == 404


def test_many_officers_are_not_addressed_at_once(joint, petra, ana):
    several = {**WORDS, "joint_id": str(joint.pk), "to": [str(ana.pk)] * 21}
    assert api(petra, "post", "advice/", several).status_code == 422
    assert not sees(ana, Advice(pk=ABSENT))


def test_of_a_case_that_the_whole_agency_sees_its_team_is_offered(case, sofia, tomas, cast):
    assert isinstance(fresh(tomas), Officer)
    offered = page(tomas, "get", reverse("prosecution:of-case", args=[case.pk])).context["form"].fields["to"].queryset
    assert list(offered) == [sofia]
