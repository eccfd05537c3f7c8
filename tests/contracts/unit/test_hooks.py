"""What hooks.py names exists and is all that Frappe calls."""

import ast
import re

import pytest

from sales_wh_flow.former_paths import METHODS
from tests.contracts.app_source import (
	APP,
	at,
	functions,
	imports,
	meant,
	module_file,
	python_files,
	resolves,
	shown,
	tree,
	walk,
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


# what is in the file is what Frappe reads: nothing is put in, changed or taken out on the way


def not_said_once(path):
	"""Whatever is no plain table: a name that is given twice, a hook that is added to, a key twice."""
	given = set()
	for node in top_statements(tree(path).body):
		if isinstance(node, ast.Assign) and len(node.targets) == 1:
			name = ast.unparse(node.targets[0])
			if name in given and not name.startswith("_"):
				yield f"{at(path, node)} {name} is given a second time: the first is lost; join the two"
			given.add(name)
		elif not is_reading(node):
			yield f"{at(path, node)} changes what stands elsewhere in the file: write it into the one table"
	for table in walk(path, ast.Dict):
		keys = [ast.unparse(key) for key in table.keys if key]
		for key in sorted({key for key in keys if keys.count(key) > 1}):
			yield f"{at(path, table)} has {key} twice: the first is lost; join the two"


def top_statements(body):
	"""Those of an attempt to import, too."""
	for node in body:
		if isinstance(node, ast.Try):
			yield from node.body
		else:
			yield node


def is_reading(node) -> bool:
	if isinstance(node, ast.AugAssign):
		return ast.unparse(node.target).startswith("_")
	return isinstance(node, ast.Import | ast.ImportFrom) or (
		isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
	)


def test_hooks_are_tables_that_are_said_once():
	problems = [
		problem
		for name in ("hooks.py", "doc_events.py", "stand_ins.py")
		for problem in not_said_once(APP / name)
	]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"jobs = [1]\njobs = [2]",
		"jobs = [1]\njobs: list = [2]",
		"jobs = {}\njobs |= {1: 2}",
		"jobs = {}\njobs.update({1: 2})",
		"jobs = {}\nif jobs:\n\tjobs = [2]",
		"jobs = {'a': 1, 'a': 2}",
		"jobs = {}\ndel jobs",
	],
)
def test_the_check_for_tables_sees_one_that_is_not(source):
	assert list(not_said_once(shown(source, "hooks.py")))
	assert not list(not_said_once(shown("jobs = {'a': [1]}\n_more = (1,)\n_more += (2,)", "hooks.py")))


def module_name(path) -> str:
	return ".".join((APP.name, *path.relative_to(APP).with_suffix("").parts))


BESIDE_THE_SCHEDULER = {
	"sales_wh_flow.order.jobs.refresh_forecasts": "a step of delays.jobs.follow_delays",
	"sales_wh_flow.stage_clock.jobs.rebuild_log": "of the patch that brought the log",
	"sales_wh_flow.stock_lock.serving.jobs.carry_out": "a step of serve_waiting_demand, and the button",
}
"""Functions of jobs.py that nothing has to call by itself, and why."""

NAMED_IN_HOOKS = ("jobs", "permissions")


def called_by_nobody(paths, hooked):
	"""Jobs that are neither scheduled nor asked for by path, and rules of who may that nothing calls."""
	wanted = {node.name for path in paths for node in walk(path, ast.FunctionDef)}
	used = set()
	for path in python_files():
		if path != APP / "jobs.py":  # the former paths
			used |= {name for _node, name in imports(path)}
			used |= {meant(path, node) for node in walk(path, ast.Attribute) if node.attr in wanted}
			used |= {f"{module_name(path)}.{node.id}" for node in walk(path, ast.Name) if node.id in wanted}
	known = hooked | BESIDE_THE_SCHEDULER.keys()
	for path in paths:
		for function in tree(path).body:
			if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
				name = f"{module_name(path)}.{function.name}"
				if name not in known and (path.stem == "jobs" or name not in used):
					yield f"{at(path, function)} {function.name}: name it in hooks.py, or take it away"


def test_every_job_and_every_rule_of_who_may_is_called():
	"""One that fell out of hooks.py would be missed by nobody."""
	hooked = {text for value in hooks().values() for text in strings_in(value)}
	texts = (node.value for path in python_files() for node in walk(path, ast.Constant))
	hooked |= {text for text in texts if isinstance(text, str)}
	problems = list(called_by_nobody(python_files(*NAMED_IN_HOOKS), hooked))
	assert not problems, report(problems)
	lost = hooked - {
		"sales_wh_flow.stock_lock.jobs.repair_drift",
		"sales_wh_flow.order.permissions.order_from_its_warehouses",
	}
	assert len(list(called_by_nobody(python_files(*NAMED_IN_HOOKS), lost))) == 2


def answers_of(function: ast.FunctionDef):
	"""What it may return, an ``a if b else c`` taken apart."""
	waiting = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
	while waiting:
		value = waiting.pop()
		if isinstance(value, ast.IfExp):
			waiting += [value.body, value.orelse]
		else:
			yield ast.unparse(value) if value else ""


def last_words(rules):
	for doctype, path in rules.items():
		if not (APP / "sales_wh_flow" / "doctype" / doctype.lower().replace(" ", "_")).exists():
			module, _dot, name = path.rpartition(".")
			(function,) = (one for one in functions(module_file(module)) if one.name == name)
			for answer in {*answers_of(function)} - {"NO_OPINION", "False"}:
				yield f"{path} on {doctype}: {answer}"


def test_no_rule_of_ours_has_the_last_word_on_a_doctype_of_others():
	"""Earlier Frappe takes a yes of the last app for the answer, whatever Frappe and others say."""
	rules = hooks()["has_permission"]
	problems = list(last_words(rules))
	assert not problems, report(problems)
	assert {"Sales Order", "Dashboard Chart"} <= set(rules)
	assert list(last_words({"Sales Order": "sales_wh_flow.order.permissions.of_its_order"}))
