"""What a row in hand opens, which is nothing more, and what must go on working for a named reader."""

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Count, Prefetch, QuerySet

from accounts.models import Agency, Officer
from cases.casefiles.models import CaseFile, CaseGrant, Note
from cases.records.models import Record, RecordGrant
from kernel.querysets import GuardedModel, GuardedQuerySet, UnscopedQuery
from tests.kernel.guarded import GUARDED, NOBODY, READS, a_row, edges

pytestmark = pytest.mark.django_db

# --- From a row in hand


def test_a_lazy_forward_key_into_a_guarded_table_is_refused():
    for model, name, field in edges(listed=False):
        if field.concrete and field.name == name:
            with pytest.raises(UnscopedQuery):
                getattr(model(**{field.attname: NOBODY}), name)


def test_even_a_listed_key_is_not_followed_lazily():
    for model, name, field in edges(listed=True):
        if field.name == name:
            with pytest.raises(UnscopedQuery):
                getattr(model(**{field.attname: NOBODY}), name)


def test_a_reverse_manager_is_as_mute_as_the_table():
    for model, name, field in edges(listed=False):
        if not field.concrete and not name.endswith("+"):
            row = a_row(model)
            for way in ("all", "count", "exists", "first", "get", "delete", "update", "get_or_create", "iterator", "in_bulk of all"):
                with pytest.raises(UnscopedQuery):
                    READS[way](getattr(row, field.get_accessor_name()).all())


def test_a_row_that_was_never_read_reads_nothing_by_refreshing():
    for model in GUARDED:
        with pytest.raises(UnscopedQuery):
            model(pk=NOBODY).refresh_from_db()
        with pytest.raises(UnscopedQuery):
            async_to_sync(model(pk=NOBODY).arefresh_from_db)()


def test_refreshing_from_another_queryset_needs_a_said_one(casefile: CaseFile):
    with pytest.raises(UnscopedQuery):
        casefile.refresh_from_db(from_queryset=CaseFile.objects.all())


def test_prefetching_reads_as_unsaid_as_the_rest(casefile: CaseFile, note: Note):
    files = CaseFile.objects.unscoped("test")
    for wanted in ("notes", Prefetch("notes", queryset=Note.objects.all()), Prefetch("notes", queryset=QuerySet(Note))):
        with pytest.raises(UnscopedQuery):
            list(files.prefetch_related(wanted))
    with pytest.raises(UnscopedQuery):
        list(CaseGrant.objects.prefetch_related("content_object"))
    with pytest.raises(UnscopedQuery):
        models.prefetch_related_objects([casefile], "notes")


def test_a_row_is_neither_deleted_nor_compared_with_others_of_its_table(casefile: CaseFile, note: Note):
    with pytest.raises(UnscopedQuery):
        note.delete()
    with pytest.raises(UnscopedQuery):
        casefile.validate_unique()
    with pytest.raises(UnscopedQuery):
        casefile.validate_constraints()
    with pytest.raises(UnscopedQuery):
        note.full_clean()
    with pytest.raises(UnscopedQuery):
        casefile.get_next_by_opened_at()


def test_no_relation_of_ours_hides_its_table():
    for model in apps.get_models():
        if model.__module__.split(".")[0] in {"kernel", "audit", "accounts", "cases", "sharing", "portal"}:
            kinds = {type(field).__name__ for field in model._meta.get_fields(include_hidden=True)}
            assert not kinds & {"GenericForeignKey", "GenericRelation"}, model
            if issubclass(model, GuardedModel):
                assert not kinds & {"ManyToManyField", "ManyToManyRel"}, "its join table would be open"


def test_every_guarded_model_guards_its_lazy_keys_too():
    for model in GUARDED:
        assert model._meta.base_manager_name == "objects", model
        assert all(isinstance(manager.get_queryset(), GuardedQuerySet) for manager in model._meta.managers), model
        keys = {field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)}
        assert model.sight_includes <= keys, f"{model.__name__} lists what is no key of its own"


def test_no_manager_deletes_a_whole_table_and_no_template_any_row():
    for model in GUARDED:
        assert not hasattr(model.objects, "delete")
        assert model.objects.unscoped("test").delete.alters_data


# --- What must go on working


def test_whoever_is_named_may_read(ana: Officer, casefile: CaseFile):
    assert list(CaseFile.objects.visible_to(ana)) == [casefile]
    assert CaseFile.objects.visible_to(ana).count() == 1
    assert CaseFile.objects.visible_to(ana).filter(title=casefile.title).values_list("title", flat=True).get() == casefile.title
    assert CaseFile.objects.visible_to(ana).aggregate(n=Count("pk")) == {"n": 1}
    assert CaseFile.objects.visible_to(ana).in_bulk([casefile.pk]) == {casefile.pk: casefile}
    assert list(CaseFile.objects.visible_to(ana).iterator()) == [casefile]
    assert async_to_sync(CaseFile.objects.visible_to(ana).acount)() == 1


def test_a_row_in_hand_may_be_saved_refreshed_and_locked(ana: Officer, casefile: CaseFile):
    casefile.title = "Harbor Ledger, second volume"
    casefile.save(update_fields=["title"])
    casefile.title = "scribbled over"
    casefile.refresh_from_db()
    assert casefile.title == "Harbor Ledger, second volume"
    assert CaseFile.objects.visible_to(ana).locked().one(casefile.pk) == casefile
    partly = CaseFile.objects.visible_to(ana).only("reference").get()
    assert partly.title == casefile.title


def test_whoever_sees_a_note_may_follow_it_to_its_case(ana: Officer, note: Note, django_assert_num_queries):
    notes = Note.objects.visible_to(ana)
    with django_assert_num_queries(1):
        assert notes.select_related("casefile").get().casefile.title == note.casefile.title
    assert notes.filter(casefile__title=note.casefile.title).order_by("casefile__title").values("casefile__title").count() == 1
    assert notes.exclude(casefile__title="another").get() == note


def test_reverse_managers_and_prefetching_serve_a_named_reader(ana: Officer, casefile: CaseFile, note: Note):
    assert casefile.notes.visible_to(ana).get() == note
    seen = Prefetch("notes", queryset=Note.objects.visible_to(ana))
    assert [list(file.notes.all()) for file in CaseFile.objects.visible_to(ana).prefetch_related(seen)] == [[note]]


def test_two_said_querysets_may_be_combined(ana: Officer, casefile: CaseFile):
    files = CaseFile.objects.visible_to(ana)
    assert list(files.filter(title=casefile.title) | files.filter(title="another")) == [casefile]
    assert list(files & files.filter(title=casefile.title)) == [casefile]
    assert list(files.union(files)) == [casefile]
    assert list(Agency.objects.filter(pk__in=files.values("agency"))) == [ana.agency]


def test_the_id_of_a_guarded_thing_may_be_compared_without_reading_it(ana: Officer, casefile: CaseFile):
    assert CaseGrant.objects.filter(content_object=casefile).exists()
    assert set(CaseGrant.objects.values_list("content_object", flat=True)) == {casefile.pk}
    assert RecordGrant.objects.filter(content_object__pk=NOBODY).count() == 0


def test_work_without_an_officer_says_why(casefile: CaseFile):
    assert list(CaseFile.objects.unscoped("a nightly check")) == [casefile]
    assert CaseFile.objects.unscoped("a nightly check").filter(pk=casefile.pk).update(summary="seen") == 1


def test_said_rows_are_deleted_alone(ana: Officer, casefile: CaseFile, note: Note):
    assert Note.objects.visible_to(ana).filter(pk=note.pk).delete() == (1, {"casefiles.Note": 1})
    assert not Note.objects.visible_to(ana).exists()
    assert CaseFile.objects.visible_to(ana).filter(pk=casefile.pk).delete()[0] == 1
    with pytest.raises(IntegrityError, match="casegrant"), transaction.atomic():
        connection.check_constraints()
    transaction.set_rollback(True)


def test_a_reader_who_sees_nothing_reads_nothing(otto: Officer, casefile: CaseFile, note: Note):
    for model in GUARDED:
        assert not model.objects.visible_to(otto).exists(), model
    assert not casefile.notes.visible_to(otto).exists()


def test_the_guard_is_the_database_connection_of_this_portal():
    assert connection.ops.compiler_module == "kernel.postgresql.compiler"
    assert len(GUARDED) >= 18
    assert Record in GUARDED
