"""The house's own source as its tests read it, and the lists that a person has reviewed. A longer list is a decision, not a repair."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINGS = ("portal", "sharing", "cases", "accounts", "audit", "kernel")
ROOMS = {  # label: how high the room lies
    "kernel": 0, "audit": 1, "accounts": 2, "casefiles": 3, "records": 4, "intelligence": 5, "entities": 5, "consignments": 6,
    "agreements": 6, "releases": 7, "deconfliction": 7, "joint": 8, "prosecution": 9, "portal": 10,
}  # fmt: skip
TOP_LEVEL = {*WINGS, "tests", "benchmarks"}

WRITERS = {
    "accounts/grants.py": "memberships, mirrored to groups",
    "accounts/notices.py": "what waits on a desk",
    "accounts/proofs.py": "proofs of presence, used once",
    "audit/ledger.py": "the ledger",
    "cases/casefiles/storage.py": "a file's reference and its last activity",
    "cases/entities/storage.py": "files from outside, until their rows are in",
    "cases/entities/outbox.py": "the queue towards deconfliction, and the keys by which names are looked up",
    "cases/records/grants.py": "the projection of sight",
    "cases/records/storage.py": "records and their renditions",
    "kernel/grants.py": "the rows of guardian's tables",
    "kernel/querysets.py": "what save() and delete() end in",
}
RAW_SQL = {
    "audit/actions.py": "partitions to come",
    "audit/ledger.py": "appending, whose columns and hash are the database's",
    "cases/records/grants.py": "sight given and ended in bulk",
    "portal/pages/health.py": "whether the database answers",
    "portal/pages/notices.py": "what stands, in the words of guarded queries, found once",
}
READS_THE_ENVIRONMENT = {"manage.py", "portal/asgi.py", "portal/celery.py", "portal/demo", "portal/settings"}

PUBLIC_MODELS = {
    "contenttypes.ContentType": "names of tables",
    "auth.Permission": "names of rights",
    "auth.Group": "named by kind and id alone",
    "auth.Group_permissions": "empty: no model-level right opens a row",
    "sessions.Session": "the sign-in machinery's",
    "account.EmailAddress": "the sign-in machinery's",
    "account.EmailConfirmation": "the sign-in machinery's",
    "mfa.Authenticator": "the sign-in machinery's",
    "guardian.UserObjectPermission": "kept empty by a trigger",
    "guardian.GroupObjectPermission": "kept empty by a trigger",
    "auditlog.LogEntry": "field diffs with content masked; no page shows them",
    "axes.AccessFailureLog": "guarded by the operator",
    "axes.AccessAttempt": "guarded by the operator",
    "axes.AccessAttemptExpiration": "guarded by the operator",
    "axes.AccessLog": "guarded by the operator",
    "audit.Event": "its own visible_to: headers without content",
    "audit.Payload": "read with its event",
    "accounts.Jurisdiction": "a country and its languages",
    "accounts.CountryRule": "law, public by nature",
    "accounts.Agency": "who there is",
    "accounts.Unit": "who there is",
    "accounts.Desk": "the contact towards others, made to be shown",
    "accounts.Officer": "who there is",
    "accounts.Officer_groups": "a mirror of memberships",
    "accounts.Officer_user_permissions": "empty: no model-level right opens a row",
    "accounts.Appointment": "who does what in an agency",
    "accounts.RoleDeed": "reviewed data of an agency",
    "accounts.StandingAdviser": "reviewed data of an agency",
    "accounts.Deputy": "who stands in for whom",
    "accounts.Membership": "principals: groups by number",
    "accounts.Principal": "principals as they are held now: ids, no content",
    "accounts.Notice": "a kind and an id, one officer's own",
    "accounts.Proof": "one officer's own",
    "accounts.ApiToken": "one officer's own, hashed",
    "accounts.ApiReply": "one officer's own",
    "casefiles.CaseGrant": "who holds what: ids, no content",
    "casefiles.ReferenceScheme": "how an agency writes its references",
    "records.RecordGrant": "who holds what: ids, no content",
    "entities.MentionChange": "ids, no content",
    "agreements.Article": "reached through its agreement",
    "agreements.Party": "reached through its agreement",
    "agreements.Version": "reached through its agreement",
    "agreements.Signature": "reached through its agreement",
    "deconfliction.ComparedPair": "which agencies compare, as their agreements say",
    "releases.Addressee": "reached through its release",
}
SHARED_NAMES = {  # keys to a lower room that are followed back by name, and why
    "accounts.Membership.group": "principals are asked by group",
    "casefiles.CaseGrant.group": "guardian's own",
    "casefiles.CaseGrant.permission": "guardian's own",
    "records.RecordGrant.group": "guardian's own",
    "records.RecordGrant.permission": "guardian's own",
}


@cache
def sources() -> list[Path]:
    """Every module of the product, without migrations."""
    found = (path for wing in WINGS for path in (ROOT / wing).rglob("*.py"))
    return sorted(path.relative_to(ROOT) for path in found if "migrations" not in path.parts)


@cache
def templates() -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))


def throughout(paths: Iterable[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """One test that checks every file and names each that fails."""

    def decorate(check: Callable[[Path], None]) -> Callable[[], None]:
        def test() -> None:
            faults = []
            for path in paths:
                try:
                    check(path)
                except AssertionError as fault:
                    faults.append(f"{path}: {fault}")
            assert not faults, "\n".join(faults)

        return test

    return decorate


def unscoped() -> list[str]:
    """Every place that reads guarded rows for no officer, with its reason, as reviewed: a new line is a decision on need-to-know."""
    return (ROOT / "tests/unscoped.txt").read_text().splitlines()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def kind(path: Path) -> str:
    """What sort of module it is: `actions/recall.py` is of actions."""
    folders = {"actions", "rules", "models", "views", "api", "forms", "serializers", "migrations", "settings", "demo", "pages"}
    return next((part for part in path.parts if part in folders), path.stem)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module by the last word of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")), node


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            yield node


def deeds(path: Path) -> Iterator[ast.FunctionDef]:
    """The public functions of an actions module."""
    yield from (node for node in tree(path).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"))


def is_deed(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator) == "transaction.atomic(durable=True)" for decorator in function.decorator_list)
