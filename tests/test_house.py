"""The rules of the house that no linter knows."""

import ast
import importlib
import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import BooleanField, ForeignKey, ManyToManyField, Model
from django.utils.functional import Promise

from kernel.querysets import GuardedModel
from tests import house
from tests.house import ROOMS, ROOT, calls, deeds, functions, is_deed, kind, sources, tree

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "add", "remove", "clear"}
WRITES |= {f"a{name}" for name in WRITES}
OF_ROWS = re.compile(r"objects|_set\b|\.save|\.groups|_manager|filter\(|rows|using\(")
DOORS = {"views", "api", "tasks", "management", "forms", "serializers", "rules", "policy", "matching", "urls", "models", "context", "pages"}
each_source = pytest.mark.parametrize("path", sources(), ids=str)
of_actions = pytest.mark.parametrize("path", [path for path in sources() if kind(path) == "actions"], ids=str)
of_rules = pytest.mark.parametrize("path", [path for path in sources() if kind(path) in {"actions", "rules"}], ids=str)


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in ROOMS]


# --- Who writes


@each_source
def test_only_actions_and_the_listed_writers_write(path: Path):
    if kind(path) == "actions" or str(path) in house.WRITERS:
        return
    writes = [ast.unparse(call) for name, call in calls(path) if name in WRITES and OF_ROWS.search(ast.unparse(call.func))]
    assert writes == []


@pytest.mark.parametrize("path", house.WRITERS)
def test_every_listed_writer_is_there_and_writes(path):
    assert any(name in WRITES or name in {"execute", "_raw_delete", "_update"} for name, _call in calls(Path(path)))


@of_actions
def test_an_action_is_one_transaction_takes_its_facts_by_keyword_and_calls_no_other(path: Path):
    mine = {deed.name for deed in deeds(path) if is_deed(deed)}
    for deed in deeds(path):
        if not is_deed(deed):
            writes = {name for name, call in named_calls(deed) if name in WRITES and OF_ROWS.search(ast.unparse(call.func))}
            assert not writes, f"{deed.name} writes outside a transaction of its own"
            continue
        assert not deed.args.args, f"{deed.name}: keyword-only, please"
        called = {call.func.id for _name, call in named_calls(deed) if isinstance(call.func, ast.Name)}
        assert not called & mine, f"{deed.name} calls another action"
        assert leaves_a_line(deed, path) or deed.name in WITHOUT_LINE, f"{deed.name} leaves no line in the ledger"


WITHOUT_LINE = {
    "make_partitions": "the clock's upkeep",
    "end_memberships": "the line of its beginning says when it ends",
    "reserve_reply": "a repeated request is no deed",
    "keep_reply": "a repeated request is no deed",
    "drop_reply": "a repeated request is no deed",
    "forget_replies": "the clock's upkeep",
    "keep_draft": "a draft is no record until it is sent",
    "throw_draft_away": "a draft is no record until it is sent",
    "let_go_of_sent": "the deed it became has its own line",
    "forget_drafts": "the clock's upkeep",
}


def leaves_a_line(deed: ast.FunctionDef, path: Path) -> bool:
    """Whether it, or a function of its room that it calls, writes in the ledger."""
    room = [other for other in sources() if other.parts[:-1][:2] == path.parts[:-1][:2]]
    known = {function.name: function for other in room for function in functions(other)}
    imports = [node for other in room for node in ast.walk(tree(other)) if isinstance(node, ast.ImportFrom)]
    pens = {name.asname or name.name for node in imports if node.module == "audit.ledger" for name in node.names}
    waiting, seen = [deed], {deed.name}
    while waiting:
        called = {name for name, _call in named_calls(waiting.pop())}
        if called & (pens | {"record", "record_refusal"}):
            return True
        waiting += [known[name] for name in called & set(known) - seen]
        seen |= called
    return False


def named_calls(function: ast.FunctionDef) -> list[tuple[str, ast.Call]]:
    found = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [(call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", ""), call) for call in found]


@each_source
def test_a_transaction_begins_in_an_action_and_nowhere_else(path: Path):
    if kind(path) == "actions" or str(path) in {"audit/ledger.py", "accounts/proofs.py"}:
        return
    assert "atomic" not in {name for name, _call in calls(path)}


@each_source
def test_no_signal_is_sent_or_heard(path: Path):
    if str(path) == "portal/fielddiffs.py":  # django-auditlog's own registration
        return
    names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    assert not names & {"receiver", "Signal", "post_save", "pre_save", "post_delete", "m2m_changed", "user_logged_in"}


# --- Who is read


@each_source
def test_the_ways_round_the_guard_are_not_taken(path: Path):
    found = [name for name, _call in calls(path)]
    if str(path) not in house.RAW_SQL and kind(path) not in {"demo"}:
        assert not set(found) & {"raw", "cursor", "extra", "RawSQL"}
    if str(path) != "kernel/querysets.py":
        assert not set(found) & {"_raw_delete", "_update", "from_db", "get_model"}
        assert "scope" not in {target.attr for target in assigned(path)}
    if kind(path) not in {"models", "querysets"}:
        assert "_scoped" not in found
    assert not set(found) & {"get_objects_for_user", "get_objects_for_group", "assign_perm", "remove_perm", "bulk_assign_perm"}


def assigned(path: Path) -> list[ast.Attribute]:
    targets = [target for node in ast.walk(tree(path)) if isinstance(node, ast.Assign) for target in node.targets]
    return [target for target in targets if isinstance(target, ast.Attribute)]


def test_every_unscoped_reading_was_reviewed():
    found: Counter[str] = Counter()
    for path in sources():
        for name, call in calls(path):
            if name == "unscoped":
                why = call.args[0]
                found[f"{path}: {why.value if isinstance(why, ast.Constant) else ast.unparse(why)}"] += 1
    assert sorted(found.elements()) == sorted(house.unscoped())


def test_unscoped_readings_are_the_work_of_no_door():
    assert {kind(Path(line.split(":")[0])) for line in house.unscoped()} & DOORS - {"models", "matching"} == set()


def test_every_model_is_guarded_or_reached_through_a_guarded_parent_or_reviewed_as_public():
    labels = {
        (model._meta.label if not model._meta.auto_created else f"{model._meta.app_label}.{model.__name__}"): model
        for model in apps.get_models(include_auto_created=True)
    }
    open_ones = {label for label, model in labels.items() if not issubclass(model, GuardedModel)}
    assert open_ones == set(house.PUBLIC_MODELS)
    for model in labels.values():
        if issubclass(model, GuardedModel):
            assert model._meta.base_manager_name == "objects", f"{model.__name__}: class Meta(GuardedModel.Meta)"
            assert "visible_to" in {name for base in type(model.objects.all()).__mro__[:-1] for name in vars(base)}


# --- How rooms know each other


def test_keys_name_no_higher_room_and_are_not_followed_back_from_a_lower_one():
    for model in ours():
        own = ROOMS[model._meta.app_label]
        for field in model._meta.local_fields:
            if not isinstance(field, ForeignKey | ManyToManyField):
                continue
            there = ROOMS.get(field.related_model._meta.app_label, -1)
            assert there <= own, f"{field} points up the house"
            if field.related_model._meta.app_label != model._meta.app_label:
                hidden = field.remote_field.hidden
                assert hidden or str(field) in house.SHARED_NAMES, f'{field}: related_name="+"'


@each_source
def test_no_key_is_named_by_a_string(path: Path):
    for name, call in calls(path):
        if name in {"ForeignKey", "OneToOneField", "ManyToManyField"}:
            target = call.args[0] if call.args else None
            assert not isinstance(target, ast.Constant) or target.value == "self", ast.unparse(call)


def test_no_package_comes_in_unnoticed():
    packages = {path.parent.relative_to(ROOT).parts[0] for path in ROOT.glob("*/*.py") if not path.parts[-2].startswith(".")}
    assert packages <= house.TOP_LEVEL
    labels = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in house.WINGS}
    assert labels == set(ROOMS)


@each_source
def test_no_room_is_named_for_what_it_is_not(path: Path):
    assert not {part.removesuffix(".py") for part in path.parts} & {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "core",
        "misc",
        "constants",
    }


@each_source
def test_imports_stand_at_the_top(path: Path):
    for function in functions(path):
        inside = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not inside, f"{function.name} imports"


@each_source
def test_the_environment_is_read_in_the_settings_alone(path: Path):
    if any(str(path).startswith(place) for place in house.READS_THE_ENVIRONMENT):
        return
    used = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "os"}
    assert not used & {"environ", "getenv"}


# --- How much fits in a head


def test_a_file_fits_in_a_head():
    modules = [*sources(), *(path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py"))]
    assert {str(path): size for path in modules if (size := len((ROOT / path).read_text().splitlines())) > 400} == {}
    assert {str(path): size for path in house.templates() if (size := len((ROOT / path).read_text().splitlines())) > 120} == {}


@each_source
def test_a_function_fits_in_a_head(path: Path):
    limit = {"views": 25, "tasks": 15, "api": 25}.get(kind(path), 45)
    sizes = {f.name: len(f.body) and (f.end_lineno or 0) - f.body[0].lineno + 1 for f in functions(path)}
    assert {name: size for name, size in sizes.items() if size > limit} == {}


@each_source
def test_no_flag_is_passed_by_position(path: Path):
    for function in functions(path):
        positional = function.args.posonlyargs + function.args.args
        flags = [arg.arg for arg in positional if arg.annotation is not None and ast.unparse(arg.annotation) == "bool"]
        assert not flags, f"{function.name}({', '.join(flags)})"


@of_rules
def test_every_action_and_rule_says_what_it_is_for_and_what_it_refuses(path: Path):
    for deed in deeds(path):
        said = ast.get_docstring(deed) or ""
        assert said, f"{deed.name} does not say what it is for"
        if kind(path) == "actions" and is_deed(deed):
            refuses = any(isinstance(node, ast.Raise) for node in ast.walk(deed))
            refuses |= any(name in {"enforce", "one"} for name, _call in named_calls(deed))
            assert not refuses or "Raises" in said, f"{deed.name} does not say what it raises"


# --- Names in the ledger, sentences, migrations


def events() -> list[tuple[str, str, object]]:
    """Room, value and label of everything that is written in the ledger."""
    found = []
    for path in sources():
        if path.stem == "events":
            module = importlib.import_module(".".join(path.with_suffix("").parts))
            found += [(path.parts[-2], event.value, event.label) for event in module.Event]
    return found


def test_every_event_is_named_once_by_room_noun_and_past_and_has_a_label():
    values = [value for _room, value, _label in events()]
    assert len(values) == len(set(values)) > 60
    for room, value, label in events():
        assert re.fullmatch(rf"{room}\.[a-z-]+\.[a-z-]+", value), value
        assert label
        assert str(label) != value
    for path in sources():
        if path.stem == "events":
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
                    assert ast.unparse(node.value.elts[1]).startswith("_("), ast.unparse(node)


def test_every_event_is_written_by_somebody():
    text = "".join((ROOT / path).read_text() for path in sources() if path.stem != "events")
    names = [node.targets[0].id for path in sources() if path.stem == "events" for node in ast.walk(tree(path))
             if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]  # fmt: skip
    assert [name for name in names if name not in text] == []


def test_every_sentence_has_one_code_of_its_room_and_can_be_translated():
    codes: list[str] = []
    for path in sources():
        for name, call in calls(path):
            if name == "sentence" and isinstance(call.func, ast.Name) and call.args:
                code, text = call.args[0], call.args[1]
                assert isinstance(code, ast.Constant), ast.unparse(call)
                codes.append(code.value)
                assert isinstance(text, ast.Call), f"{code.value}: its text goes through gettext"
                room = path.parts[1] if path.parts[0] in {"cases", "sharing"} else path.parts[0]
                prefixes = {"kernel": "", "portal": "", "agreements": ("agreements.", "policy.")}.get(room, f"{room}.")
                assert code.value.startswith(prefixes), f"{code.value} in {path}"
    assert len(codes) == len(set(codes)) > 30


def test_migrations_have_names_and_a_way_back():
    for path in (path for wing in house.WINGS for path in (ROOT / wing).rglob("migrations/[0-9]*.py")):
        assert not re.search(r"_auto_|_alter_|_remove_|_rename_.*_and_more", path.stem), path
        text = path.read_text()
        assert "elidable" not in text
        for name, call in calls(path.relative_to(ROOT)):
            if name in {"RunSQL", "RunPython"}:
                assert len(call.args) + len(call.keywords) >= 2, f"{path}: no way back"


def test_fields_are_named_for_what_they_hold():
    for model in ours():
        for field in model._meta.local_fields:
            inner = field.get_internal_type()
            if inner == "DateTimeField" and field.name not in {"at", "since", "until", "last_login"}:
                assert field.name.endswith("_at"), field
            if inner == "DateField":
                assert field.name.endswith("_on"), field
            assert not (isinstance(field, BooleanField) and field.null), field


# --- What people read


def test_what_a_person_reads_in_python_can_be_translated():
    for path in (path for path in sources() if kind(path) not in {"serializers", "api"}):  # the schema speaks English to machines
        for name, call in calls(path):
            spoken = [word.value for word in call.keywords if word.arg in {"label", "help_text", "empty_label", "verbose_name"}]
            if name in {"success", "warning", "error", "info"} and ast.unparse(call.func).startswith("messages."):
                spoken += call.args[1:2]
            for text in spoken:
                literal = isinstance(text, ast.Constant | ast.JoinedStr) and re.search("[A-Za-z]{2}", ast.unparse(text))
                assert not literal or text.value in {None, True, False}, f"{path}: {ast.unparse(call)[:80]}"  # type: ignore[union-attr]


def test_every_language_of_the_cast_is_offered():
    assert [code for code, _name in settings.LANGUAGES] == ["en", "es", "pt", "fr"]
    assert all(isinstance(name, Promise) for _code, name in settings.LANGUAGES)
