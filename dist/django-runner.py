"""Migrates one database with the project's own Django, step by step, and tells what it sent.

Given to `manage.py shell -c`, so that the project's settings and apps are loaded. Reads a request in
JSON from each line of standard input, and answers each with one line on standard output that begins
with a word which only the asker knows; whatever else the project prints goes to standard error.
"""

import json
import os
import queue
import sys
import threading
import traceback

word = os.environ.pop("MIGRATE_VERIFY_WORD")
place = json.loads(os.environ.pop("MIGRATE_VERIFY_DATABASE"))
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
requests = os.fdopen(os.dup(0), encoding="utf-8")
os.dup2(2, 1)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
waiting = queue.Queue()


def read_requests():
    for line in requests:
        waiting.put(json.loads(line))
    # The asker is gone: whatever runs, ends.
    os._exit(1)


threading.Thread(target=read_requests, daemon=True).start()

import django
from django.apps import apps as project_apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.utils import load_backend

ALIAS = "default"
# Settings of a connection that name the place or the person: ours are others.
ELSEWHERE = ("ssl", "service", "passfile", "pool", "host", "port", "user", "password", "dbname")


def connect():
    """Puts the throwaway database in the place of the project's own."""
    entry = connections.databases[ALIAS]
    options = entry.get("OPTIONS") or {}
    entry.update(place, OPTIONS={k: v for k, v in options.items() if not k.startswith(ELSEWHERE)})
    if load_backend(entry["ENGINE"]).DatabaseWrapper.vendor != "postgresql":
        entry["ENGINE"] = "django.db.backends.postgresql"
    if hasattr(connections[ALIAS], "close"):
        connections[ALIAS].close()
    del connections[ALIAS]
    return connections[ALIAS]


sent = []
running = {"operation": None, "code": False}
send = BaseDatabaseSchemaEditor.execute


def record(self, sql, params=()):
    text = str(sql)
    if params:
        text = text % tuple(map(self.quote_value, params))
    sent.append({"sql": text, "operation": running["operation"], "code": running["code"]})
    return send(self, sql, params)


def watched(method, **marks):
    """A method of an operation during which what is sent is marked."""

    def run(*args, **kwargs):
        before = dict(running)
        running.update(marks)
        try:
            return method(*args, **kwargs)
        finally:
            running.update(before)

    return run


BaseDatabaseSchemaEditor.execute = record
for name in ("database_forwards", "database_backwards"):
    setattr(RunPython, name, watched(getattr(RunPython, name), code=True))


def watch_operations(migration):
    for index, operation in enumerate(migration.operations):
        for name in ("database_forwards", "database_backwards"):
            setattr(operation, name, watched(getattr(operation, name), operation=index))


def migrate(keys, backwards):
    executor = MigrationExecutor(connection)
    plan = [(executor.loader.graph.nodes[key], backwards) for key in keys]
    before = executor._create_project_state(with_applied_migrations=True)
    emit_pre_migrate_signal(0, False, ALIAS, apps=before.apps, plan=plan)
    for migration, _ in plan:
        watch_operations(migration)
    executor.migrate(None, plan=plan)


def ready(request):
    return {"django": django.get_version()}


def base(request):
    """Applies all that does not need a changed migration."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    unknown = [name for name in request["changed"] if key_of(name) not in graph.nodes]
    if unknown:
        return {"unknown": unknown}
    later = {key_of(name) for name in request["changed"]}
    keys = []
    for migration, _ in executor.migration_plan(graph.leaf_nodes()):
        key = (migration.app_label, migration.name)
        if key in later or any(parent.key in later for parent in graph.node_map[key].parents):
            later.add(key)
        else:
            keys.append(key)
    if keys:
        migrate(keys, False)
        # Content types and permissions are in production, too.
        emit_post_migrate_signal(0, False, ALIAS)
    return {}


def up(request):
    executor = MigrationExecutor(connection)
    key = key_of(request["migration"])
    done = executor.loader.applied_migrations
    keys = [one for one in executor.loader.graph.forwards_plan(key) if one not in done]
    if len(keys) > 1:
        migrate(keys[:-1], False)
        sent.clear()
    migrate([key], False)
    return {}


def down(request):
    migrate([key_of(request["migration"])], True)
    return {}


def drift(request):
    """What `makemigrations` would write, for apps whose files are the project's own."""
    loader = MigrationExecutor(connection).loader
    detector = MigrationAutodetector(
        loader.project_state(),
        ProjectState.from_apps(project_apps),
        NonInteractiveMigrationQuestioner(dry_run=True),
    )
    root = os.path.realpath(request["root"])
    missing = []
    for label, migrations in detector.changes(graph=loader.graph).items():
        path = os.path.realpath(project_apps.get_app_config(label).path)
        if os.path.commonpath([root, path]) == root:
            changes = [one.describe() for migration in migrations for one in migration.operations]
            missing.append({"app": os.path.relpath(path, root), "changes": changes})
    return {"missing": missing}


def key_of(name):
    label, _, migration = name.partition(".")
    return (label, migration)


def told(error):
    """An exception as the asker reads it; the line is that of the migration's file."""
    cause = error.__cause__ or error
    code = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    frames = traceback.extract_tb(error.__traceback__)
    places = [frame for frame in frames if "migrations" in frame.filename.split(os.sep)[:-1]]
    own = [frame for frame in places if os.sep + "django" + os.sep not in frame.filename]
    answer = {"type": type(error).__name__, "message": str(error).strip()}
    if code:
        answer["code"] = code
    if own:
        answer.update(file=own[-1].filename, line=own[-1].lineno)
    if running["operation"] is not None:
        answer["operation"] = running["operation"]
    return answer


HANDLERS = {f.__name__: f for f in (ready, base, up, down, drift)}
connection = connect()
while True:
    request = waiting.get()
    sent.clear()
    try:
        answer = HANDLERS[request["do"]](request)
    except IrreversibleError as error:
        answer = {"irreversible": str(error)}
    except Exception as error:
        traceback.print_exc()
        answer = {"error": told(error)}
        if connection.connection is not None and connection.get_autocommit() is False:
            connection.rollback()
    answer["sent"] = [one for one in sent]
    answers.write(word + " " + json.dumps(answer) + "\n")
    answers.flush()
