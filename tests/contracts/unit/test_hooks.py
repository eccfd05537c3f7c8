"""What hooks.py names exists and is all that Frappe calls."""

import ast
import re

import pytest

from sales_wh_flow.former_paths import METHODS
from tests.contracts.app_source import (
	APP,
	at,
	functions,
	module_file,
	python_files,
	resolves,
)
from tests.contracts.names_in_source import hooks, report, strings_in


def hooked_functions():
	for name, value in hooks().items():
		for text in strings_in(value):
			if re.fullmatch(r"sales_wh_flow(\.\w+)+", text) and text not in METHODS:
				yield name, text


def test_every_dotted_path_in_hooks_names_something_that_exists():
	problems = [f"{hook}: {path}" for hook, path in hooked_functions() if not resolves(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"hook",
	[
		"doc_events",
		"scheduler_events",
		"before_install",
		"after_install",
		"after_migrate",
		"before_uninstall",
	],
)
def test_the_hooks_the_app_lives_by_are_set(hook):
	assert hook in {name for name, _path in hooked_functions()}


def doc_event_handlers():
	for doctype, events in hooks()["doc_events"].items():
		for event, paths in events.items():
			for path in [paths] if isinstance(paths, str) else paths:
				yield doctype, event, path


def test_document_events_are_handled_in_events_and_nowhere_else():
	problems = [path for _doctype, _event, path in doc_event_handlers() if ".events." not in path]
	assert not problems, report(problems)


def test_every_event_handler_is_hooked():
	"""A handler nobody calls is a promise nobody keeps."""
	hooked = {path for _doctype, _event, path in doc_event_handlers()}
	problems = [
		at(path, function)
		for path in python_files("events")
		for function in functions(path)
		if not function.name.startswith("_")
		and f"sales_wh_flow.events.{path.stem}.{function.name}" not in hooked
	]
	assert not problems, report(problems)


def test_every_job_of_the_scheduler_runs_without_arguments():
	problems = []
	for text in strings_in(hooks()["scheduler_events"]):
		if not text.startswith("sales_wh_flow."):
			continue
		module, _dot, name = text.rpartition(".")
		for function in functions(module_file(module)):
			needed = len(function.args.args) - len(function.args.defaults)
			if function.name == name and needed:
				problems.append(f"{text} wants {needed} arguments")
	assert not problems, report(problems)


def test_every_file_that_hooks_include_is_there():
	files = [text for value in hooks().values() for text in strings_in(value) if text.startswith("public/")]
	problems = [text for text in files if not (APP / text).is_file()]
	assert files
	assert not problems, report(problems)


def test_the_app_asks_for_erpnext():
	assert hooks()["app_name"] == APP.name
	assert [app.split("/")[-1] for app in hooks()["required_apps"]] == ["erpnext"]


def test_no_hook_is_given_twice():
	"""The second would win, and what the first named would never be called."""
	for name in ("hooks.py", "doc_events.py"):
		tree = ast.parse((APP / name).read_text())
		given = [ast.unparse(node.targets[0]) for node in tree.body if isinstance(node, ast.Assign)]
		keys = [
			[ast.unparse(key) for key in it.keys if key] for it in ast.walk(tree) if isinstance(it, ast.Dict)
		]
		assert not [names for names in (given, *keys) if len(names) > len({*names})], name
