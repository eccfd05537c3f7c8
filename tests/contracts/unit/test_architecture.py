"""The promises of the layout: a capability knows only those below it; in it rules decide, the store touches
the database, verbs join them, and events only call.
"""

import ast
import re

import pytest

from tests.contracts.app_source import (
	APP,
	CAPABILITIES,
	ROOT,
	at,
	capability_of,
	commented_lines,
	dotted,
	file_of,
	functions,
	imports,
	layer_of,
	meant,
	python_files,
	shown,
	tree,
	walk,
)
from tests.contracts.names_in_source import report

LAYERS = ("rules", "store", "verbs", "events")


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_has_modules(layer):
	"""Else the checks below would look at nothing and pass."""
	assert [path for path in python_files(layer) if path.name != "__init__.py"], f"{APP / layer} is empty"


@pytest.mark.parametrize(
	"entrance", ["approval/api.py", "stock_lock/jobs.py", "hooks.py", "base/refusals.py"]
)
def test_each_entrance_exists(entrance):
	assert (APP / entrance).is_file()


def test_the_store_says_what_it_returns():
	"""What it takes is often a Frappe document, which has no type worth writing."""
	problems = [
		f"{at(path, function)} {function.name}"
		for path in python_files("store")
		for function in functions(path)
		if not function.returns and not function.name.startswith("__")
	]
	assert not problems, report(problems)


# layers

FORBIDDEN_IMPORTS = {
	"store": {"verbs", "events", "api", "jobs"},
	"verbs": {"events", "api", "jobs"},
	"events": {"store", "rules", "api", "jobs"},
	"overrides": {"events", "api", "jobs"},
}


def is_of_app(name):
	return name.startswith("sales_wh_flow.")


@pytest.mark.parametrize("layer", FORBIDDEN_IMPORTS)
def test_a_layer_knows_nothing_of_those_above_it_and_an_event_only_of_verbs(layer):
	problems = [
		f"{at(path, node)} imports {name}"
		for path in python_files(layer)
		for node, name in imports(path)
		if is_of_app(name) and layer_of(file_of(name)) in FORBIDDEN_IMPORTS[layer]
	]
	assert not problems, report(problems)


# floors

DATA = {"setup"}
"""The table of custom fields: control fields are told from it."""


def capabilities_imported(path):
	for node, name in imports(path):
		if is_of_app(name):
			yield node, name, capability_of(file_of(name))


def test_a_capability_knows_only_those_on_the_floors_below_it():
	problems = [
		f"{at(path, node)} imports {name}"
		for path in python_files()
		if (own := capability_of(path)) in CAPABILITIES
		for node, name, other in capabilities_imported(path)
		if other not in {own} | DATA and CAPABILITIES.get(other, 99) >= CAPABILITIES[own]
	]
	assert not problems, report(problems)


def known_by_text(path):
	"""(node, name) of what a file names of a floor above in a text, or as a part of the whole app."""
	own = CAPABILITIES.get(capability_of(path), 99)
	for node in walk(path, ast.Constant):
		name = node.value
		if isinstance(name, str) and re.fullmatch(r"sales_wh_flow(\.\w+)+", name) and file_of(name):
			other = capability_of(file_of(name))
			if other != capability_of(path) and CAPABILITIES.get(other, 0 if own == 99 else 99) >= own:
				yield node, name
	for node in walk(path, ast.Import):
		for alias in node.names:
			if alias.name.split(".")[0] == APP.name and layer_of(path) != "tests":
				yield node, f"{alias.name} as a whole: from {APP.name}.CAPABILITY import"


def test_a_capability_names_none_above_it_in_a_text():
	problems = [
		f"{at(path, node)} {name}; a hook of ours (base/own_hooks.py) tells those above"
		for path in python_files()
		for node, name in known_by_text(path)
	]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	["run('sales_wh_flow.figures.api.figures')", "import sales_wh_flow\nsales_wh_flow.figures.api.figures()"],
)
def test_the_check_for_texts_sees_one(source):
	assert list(known_by_text(shown(source, "order/x.py")))


def test_every_folder_of_the_app_is_a_capability_or_known_to_frappe():
	"""A new folder gets a floor, or a place here."""
	known = {
		"events",
		"fixtures",
		"flow",
		"overrides",
		"patches",
		"public",
		"sales_wh_flow",
		"setup",
		"templates",
	}
	known |= {"tests", "www", "translations", "locale", "desktop_icon", "workspace_sidebar"}
	folders = {path.name for path in APP.iterdir() if path.is_dir() and not path.name.startswith("__")}
	assert not folders - known - CAPABILITIES.keys()


def test_the_sample_company_is_not_shipped_with_the_app():
	assert (ROOT / "demo" / "sales_wh_flow_demo" / "load.py").is_file()
	assert not (ROOT / "demo" / "__init__.py").exists(), "a bench would find a package of the name demo"


# events

HANDLER_STATEMENTS = 6


def statements(function):
	"""Statements of a function, nested ones included, its docstring not."""
	inner = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]
	return len(inner) - (ast.get_docstring(function) is not None)


LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.For, ast.While, ast.Try, ast.With)


def does_more_than_call(path):
	for function in functions(path):
		if statements(function) > HANDLER_STATEMENTS:
			yield f"{at(path, function)} {function.name} is too long: a verb does it"
	for node in walk(path, *LOOPS, ast.Call):
		if isinstance(node, LOOPS):
			yield f"{at(path, node)} loops or guards: a verb does it"
		elif meant(path, node.func).startswith("frappe."):
			yield f"{at(path, node)} asks Frappe: a verb does it"
		elif getattr(node.func, "attr", "") in OF_DOCUMENTS:
			yield f"{at(path, node)} works on the document: a verb does it"


OF_DOCUMENTS = {"save", "insert", "submit", "cancel", "delete", "db_set", "reload", "add_comment"}


def test_event_handlers_only_call_the_flow():
	problems = [problem for path in python_files("events") for problem in does_more_than_call(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"def validate(doc, method=None):\n\t[lock.lock_one(it) for it in doc.items]",
		"def validate(doc, method=None):\n\tfrappe.get_doc('Sales Order', doc.order).save()",
		"def _helper(doc):\n\tdoc.db_set('status', 'Closed')",
		"def _helper(doc):\n" + "\tlock.lock(doc)\n" * 7,
	],
)
def test_the_check_for_thin_handlers_sees_a_thick_one(source):
	assert list(does_more_than_call(shown(f"import frappe\n{source}", "events/x.py")))


def test_event_handlers_take_a_document_and_the_name_of_the_event():
	problems = [
		f"{at(path, function)} {function.name}"
		for path in python_files("events")
		for function in functions(path)
		if not function.name.startswith("_") and [arg.arg for arg in function.args.args] != ["doc", "method"]
	]
	assert not problems, report(problems)


def swallowed(path):
	"""Handlers that do nothing; and those of every error that go on as if it were an answer, unexplained."""
	for node in walk(path, ast.ExceptHandler):
		is_broad = node.type is None or dotted(node.type) in ("Exception", "BaseException")
		is_unsaid = is_broad and node.lineno not in commented_lines(path)
		quiet = (ast.Pass, ast.Continue, *((ast.Return, ast.Assign) if is_unsaid else ()))
		if all(isinstance(it, quiet) and not calls_somebody(it) for it in node.body):
			yield f"{at(path, node)} swallows an error: name those meant, log, or raise"


def calls_somebody(statement) -> bool:
	return any(isinstance(node, ast.Call) for node in ast.walk(statement))


def test_no_error_is_swallowed():
	problems = [problem for path in python_files() for problem in swallowed(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize("handler", ["except ValueError: pass", "except Exception: return None"])
def test_the_check_for_swallowed_errors_sees_one(handler):
	assert list(swallowed(shown(f"def f():\n\ttry: g()\n\t{handler}")))


# size

LINES = {"sales_wh_flow": 300, "demo": 300, "script": 300, "benchmarks": 300, "tests": 400}
"""At most so many lines has a file of these folders."""


READ_BY_PEOPLE = ("py", "js", "mjs", "ts", "vue", "scss", "css", "less", "html", "jinja", "sh", "yml")
"""Not: JSON, which Frappe writes; catalogues; and docs/, which are looked things up in."""


WRITTEN_BY_FRAPPE = re.compile(r"# begin: auto-generated types\n.*?# end: auto-generated types\n", re.DOTALL)


def too_long(path, most):
	lines = WRITTEN_BY_FRAPPE.sub("", path.read_text()).count("\n")
	if lines > most and not {"node_modules", "dist"} & set(path.relative_to(ROOT).parts[:3]):
		yield f"{path.relative_to(ROOT)} has {lines} lines, {most} are the most: split it by what it is about"


def test_every_file_stays_readable_in_one_sitting():
	problems = [
		problem
		for folder, most in LINES.items()
		for path in (ROOT / folder).rglob("*.*")
		if path.suffix[1:] in READ_BY_PEOPLE
		for problem in too_long(path, most)
	]
	assert not problems, report(problems)


def test_the_check_for_long_files_sees_one():
	assert list(too_long(ROOT / "README.md", 10))


def test_every_module_says_what_it_is_for():
	"""A file of one controller that only its name explains may go without."""
	problems = [
		at(path, 1)
		for path in python_files("rules", "store", "verbs", "events", "setup", "overrides")
		if path.name != "__init__.py" and not ast.get_docstring(tree(path))
	]
	assert not problems, report(problems)


def test_a_deadlock_is_raised_before_a_savepoint_is_touched():
	"""A deadlock takes savepoints along: going back to one hides what could have been tried again."""
	problems = []
	for path in python_files():
		for handler in walk(path, ast.ExceptHandler):
			goes_back = any(
				isinstance(node, ast.keyword) and node.arg == "save_point" for node in ast.walk(handler)
			)
			catches_all = handler.type is None or dotted(handler.type) in ("Exception", "BaseException")
			first = handler.body[0]
			asks_first = isinstance(first, ast.If) and "is_worth_retrying" in ast.unparse(first.test)
			if goes_back and catches_all and not asks_first:
				problems.append(at(path, handler))
	assert not problems, report(problems)
