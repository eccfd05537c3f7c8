"""Names written in one file and meant in another: hooks, patches, custom fields, documents, messages."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from sales_wh_flow.former_paths import METHODS
from sales_wh_flow.order.rules.status import COLOURS
from tests.contracts.app_source import (
	APP,
	CAPABILITIES,
	ROOT,
	at,
	dotted,
	functions,
	imports,
	module_file,
	python_files,
	resolves,
	top_level_names,
	tree,
	walk,
	whitelisting,
)
from tests.contracts.names_in_source import hooks, report

CUSTOM_FIELDS = APP / "setup" / "custom_fields.py"


FIELDS = APP / "setup" / "fields"


# names between modules

BESIDE = ("tests", "demo", "benchmarks", "script")
"""Folders beside the app that call it, and that no site may run for days."""


def beside_the_app():
	return [path for folder in BESIDE for path in (ROOT / folder).rglob("*.py")]


def test_every_import_from_the_app_finds_what_it_names():
	problems = [
		f"{at(path, node)} {name}"
		for path in [*python_files(), *beside_the_app()]
		for node, name in (imports(path) if path.is_relative_to(APP) else absolute_imports(path))
		if name.split(".")[0] == APP.name and not resolves(name)
	]
	assert not problems, report(problems)


@cache
def absolute_imports(path):
	"""Of a file beside the app, whose syntax is not kept."""
	return tuple(_absolute_imports(path))


def _absolute_imports(path):
	for node in ast.walk(ast.parse(path.read_text())):
		if isinstance(node, ast.ImportFrom) and not node.level:
			for alias in node.names:
				yield node, f"{node.module}.{alias.name}"
		elif isinstance(node, ast.Import):
			for alias in node.names:
				yield node, alias.name


def modules_named(path):
	"""{name in the file: module of the app that it stands for}"""
	modules = {}
	for node, name in imports(path) if path.is_relative_to(APP) else absolute_imports(path):
		if isinstance(node, ast.ImportFrom) and name.startswith(f"{APP.name}.") and module_file(name):
			alias = next(alias for alias in node.names if alias.name == name.rpartition(".")[2])
			modules[alias.asname or alias.name] = module_file(name)
	return modules


def parts_used(path, modules):
	"""(node, the name of a module, what is taken from it or put in its place for a test)"""
	for node in walk(path, ast.Attribute):
		if isinstance(node.value, ast.Name) and not node.attr.startswith("__"):
			yield node, node.value.id, node.attr
	for node in walk(path, ast.Call):
		if dotted(node.func).endswith((".setattr", "patch.object")) and len(node.args) > 1:
			target, name = node.args[:2]
			if isinstance(target, ast.Name) and isinstance(name, ast.Constant):
				yield node, target.id, name.value


def test_every_call_into_a_module_of_the_app_finds_its_function():
	"""``pick.make_lists(order)`` after ``from sales_wh_flow.picking import pick``: there must be a
	``make_lists``. Tests that no site runs are asked, too, and what they put in its place.
	"""
	problems = []
	for path in [*python_files(), *beside_the_app()]:
		modules = modules_named(path)
		for node, name, part in parts_used(path, modules) if modules else ():
			target = modules.get(name)
			if target and part not in top_level_names(target) and not is_shadowed(path, node, name):
				problems.append(f"{at(path, node)} {name}.{part}: not in {target.relative_to(ROOT)}")
	assert not problems, report(problems)


def is_shadowed(path, node, name):
	"""Whether a function around the node has an argument or variable of the module's name."""
	for function in functions(path):
		if function.lineno <= node.lineno <= function.end_lineno:
			names = {arg.arg for arg in ast.walk(function.args) if isinstance(arg, ast.arg)}
			names |= {
				it.id
				for it in ast.walk(function)
				if isinstance(it, ast.Name) and isinstance(it.ctx, ast.Store)
			}
			if name in names:
				return True
	return False


PATH_TO_FUNCTION = re.compile(
	rf"[\"'`](sales_wh_flow\.(?:{'|'.join(CAPABILITIES)}|events|setup|entrances)\.[\w.]+)[\"'`]"
)


def test_every_path_written_as_text_names_a_function_and_desk_scripts_call_only_whitelisted_ones():
	problems = []
	for path in sorted([*APP.rglob("*.py"), *APP.rglob("*.js"), *APP.rglob("*.json")]):
		for number, line in enumerate(path.read_text().splitlines(), 1):
			for name in PATH_TO_FUNCTION.findall(line):
				if not resolves(name):
					problems.append(f"{at(path, number)} {name} does not exist")
				elif path.suffix == ".js" and not is_whitelisted(name):
					problems.append(f"{at(path, number)} {name} is not whitelisted")
	assert not problems, report(problems)


def test_every_step_in_the_readme_is_where_it_says():
	"""The way of an order: entrance, step, rule and store of each moment."""
	table = (ROOT / "README.md").read_text().partition("## The way of an order")[2].partition("\n## ")[0]
	named = re.findall(rf"`((?:{'|'.join(CAPABILITIES)}|events)(?:\.\w+)+)`", table)
	assert len(named) > 60
	assert not [name for name in named if not resolves(f"{APP.name}.{name}")]


def is_whitelisted(name):
	module, _dot, attribute = name.rpartition(".")
	return any(
		function.name == attribute and whitelisting(function) is not None
		for function in functions(module_file(module))
	)


# custom fields


@cache
def field_table():
	"""The dicts of setup/fields that declare a field: fieldname -> its dict, as syntax."""
	files = sorted(FIELDS.glob("*.py"))
	assert files, f"{FIELDS.relative_to(ROOT)} is empty: no field is declared"
	declared = {}
	for file, node in ((it, node) for it in files for node in walk(it, ast.Dict)):
		keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
		if {"fieldname", "fieldtype"} <= set(keys):
			name = node.values[keys.index("fieldname")]
			assert isinstance(name, ast.Constant), f"{at(file, node)} fieldname is no plain text"
			known = dict(zip(keys, node.values, strict=True))
			assert name.value not in declared, f"{at(file, node)} {name.value} is declared twice"
			declared[name.value] = known
	return declared


@cache
def index_names():
	"""Names of database indexes, which share the prefix but are no fields."""
	for node in tree(CUSTOM_FIELDS).body:
		if isinstance(node, ast.Assign) and dotted(node.targets[0]) == "INDEXES":
			return frozenset(name for _doctype, _columns, name in ast.literal_eval(node.value))
	return frozenset()


NOT_A_FIELD = re.compile(
	r"\b_FLAG = \"swf_alongside\""  # notes on a document in memory, see base.alongside
	r"|\b(?:frappe\.local|local)\.swf_\w+|_request_cache\([\"']swf_\w+"  # notes of a request
	r"|\bsave_?point\(?=?\s*[\"']swf_\w+"
	r"|\b(?:publish_realtime|realtime\.(?:on|off)|hear)\(\s*[\"']swf_\w+"  # events pushed to open forms
	r"|\b(?:frm|settings|bar)\.swf_\w+"  # notes of a form or list in the browser
	r"|\blocalStorage\.\w+\(\s*[\"']swf_\w+|\bconst PRINTS = \"swf_\w+"
)


FIELD = re.compile(r"\bswf_[a-z0-9_]+")


HOOKS = {
	"swf_flow_status_changed",
	"swf_boxes_came_back",
	"swf_note_stamped",
	"swf_orders_delayed",
	"swf_owed_work",
	"swf_refusals",
	"swf_orders_taken_back",
	"swf_refused_goods",
}
"""Hooks of the app's own: they share the prefix but are no fields."""


SITE_NOTES = {"swf_sample_switches"}
"""Keys among the site's defaults: they share the prefix but are no fields."""


FORMER_FIELDS = {"swf_passed", "swf_owed"}
"""Fields that patches take away."""


def fields_used(path: Path):
	"""(line number, name) of every swf_ name in a file that is no note in memory and no event."""
	text = NOT_A_FIELD.sub(lambda found: re.sub(r"swf_", "", found[0]), path.read_text())
	for number, line in enumerate(text.splitlines(), 1):
		for name in FIELD.findall(line):
			yield number, name


def app_files():
	found = [path for suffix in ("py", "js", "json", "html") for path in sorted(APP.rglob(f"*.{suffix}"))]
	return [path for path in found if "dist" not in path.parts]


def test_every_field_the_app_uses_is_declared_once():
	known = field_table().keys() | index_names() | SITE_NOTES | HOOKS | FORMER_FIELDS
	problems = [
		f"{at(path, number)} {name}"
		for path in app_files()
		for number, name in fields_used(path)
		if name not in known
	]
	assert not problems, report(problems)


def test_a_form_reads_fields_from_its_document():
	"""``frm.swf_courier`` is nothing where ``frm.doc.swf_courier`` was meant."""
	problems = [
		f"{at(path, number)} {note}"
		for path in app_files()
		for number, line in enumerate(path.read_text().splitlines(), 1)
		for note in re.findall(r"\b(?:frm|settings)\.(swf_\w+)", line)
		if note in field_table()
	]
	assert not problems, report(problems)


def test_no_field_name_is_put_together_at_run_time():
	"""Such a name could not be looked for, here or by a reader."""
	composed = re.compile(r"(?<!startswith\()[\"'`]swf_[\"'`{$]|[\"'`]swf_[a-z_]*(\{|\$\{)")
	problems = [
		at(path, number)
		for path in app_files()
		for number, line in enumerate(path.read_text().splitlines(), 1)
		if composed.search(line)
	]
	assert not problems, report(problems)


def test_every_declared_field_carries_the_apps_prefix():
	problems = [name for name in field_table() if not name.startswith("swf_")]
	assert field_table()
	assert not problems, report(problems)


def test_every_declared_field_has_a_label_a_type_and_a_place():
	problems = []
	for name, spec in field_table().items():
		fieldtype = ast.literal_eval(spec["fieldtype"])
		wanted = {"insert_after"} | (set() if fieldtype == "Column Break" else {"label"})
		problems += [f"{name} has no {key}" for key in wanted if key not in spec]
	assert not problems, report(problems)


DERIVED = ("swf_flow_status", "swf_tracking_no", "swf_delivered_on", "swf_route_reason")


@pytest.mark.parametrize("name", DERIVED)
def test_a_copied_order_starts_its_own_life(name):
	assert ast.literal_eval(field_table()[name]["no_copy"]) == 1


def test_courier_service_and_instructions_are_declared_once_for_all_documents():
	"""Same names on order, pick list and delivery note: ERPNext's mappers then carry them."""
	assert {"swf_courier", "swf_courier_service", "swf_special_instructions"} <= field_table().keys()


# patches and fixtures


def test_every_line_of_patches_names_a_patch():
	lines = [line.split("#")[0].strip() for line in (APP / "patches.txt").read_text().splitlines()]
	patches = [line for line in lines if line and not line.startswith("[")]
	problems = [
		patch
		for patch in patches
		if not (module_file(patch.split()[0]) and "execute" in top_level_names(module_file(patch.split()[0])))
	]
	assert not problems, report(problems)
	assert {"[pre_model_sync]", "[post_model_sync]"} <= set(lines)


def test_every_patch_is_listed():
	listed = (APP / "patches.txt").read_text()
	problems = [
		at(path, 1)
		for path in python_files("patches")
		if path.name != "__init__.py" and ".".join(path.relative_to(ROOT).with_suffix("").parts) not in listed
	]
	assert not problems, report(problems)


def test_fixtures_are_records_without_noise():
	"""What Frappe imports on every migrate: sorted keys, no time stamps, so that a change is a change."""
	files = sorted((APP / "fixtures").glob("*.json"))
	problems = []
	for path in files:
		records = json.loads(path.read_text())
		for record in records:
			where = f"{path.relative_to(ROOT)}: {record.get('name')}"
			if not {"doctype", "name"} <= record.keys():
				problems.append(f"{where} has no doctype or no name")
			if list(record) != sorted(record):
				problems.append(f"{where} has unsorted keys")
			problems += [
				f"{where} carries {key}" for key in ("modified", "modified_by", "owner") if key in record
			]
	assert not problems, report(problems)
	assert files, "sales_wh_flow/fixtures has no JSON file: records the app owns belong there"


CALLED_BY_DESK = re.compile(
	rf"\b(?:ask(?:_beside)?|tell|call)\(\s*\"([\w.]+)\"|\"((?:{'|'.join(CAPABILITIES)})(?:\.\w+)*\.api\.\w+)\""
)


def test_desk_scripts_ask_only_for_what_the_web_may_call():
	"""``sales_wh_flow.ask("approval.api.approvals_of", ...)``: the path below the app."""
	called = [
		(path, name)
		for path in sorted(APP.rglob("*.js"))
		if "node_modules" not in path.parts and "dist" not in path.parts
		for name in map("".join, CALLED_BY_DESK.findall(path.read_text()))
	]
	problems = [
		f"{path.relative_to(ROOT)} {name}"
		for path, name in called
		if not (module_file(f"{APP.name}.{name}".rpartition(".")[0]) and is_whitelisted(f"{APP.name}.{name}"))
	]
	assert len(called) > 30
	assert not problems, report(problems)


FORMER = ROOT / "tests" / "data" / "former_paths.json"
"""Every path that programs outside may still call. Emptied together with METHODS, one version later."""


def test_every_former_path_leads_to_what_the_web_may_call():
	problems = [f"{old} -> {new}: not open" for old, new in METHODS.items() if not is_whitelisted(new)]
	assert METHODS
	assert not problems, report(problems)


def test_no_former_path_is_lost_on_the_way():
	known = set(json.loads(FORMER.read_text()))
	lost = [f"former_paths.py lost {old}: programs outside call it" for old in known - METHODS.keys()]
	assert not lost, report(lost)
	assert METHODS.keys() == known, "write the new former paths into tests/data/former_paths.json"


def test_every_capability_with_refusals_is_named_to_base():
	"""Else its refusals would have no words."""
	named = set(hooks()["swf_refusals"])
	problems = [
		path.relative_to(ROOT)
		for path in APP.glob("*/refusals.py")
		if "texts" in top_level_names(path) and f"{APP.name}.{path.parent.name}.refusals.texts" not in named
	]
	assert not problems, problems


def test_desk_scripts_name_only_statuses_that_exist():
	"""A status misspelt in a list script shows gray and nobody knows why."""
	problems = []
	for path in sorted((APP / "public").rglob("*.js")):
		for number, line in enumerate(path.read_text().splitlines(), 1):
			for status in re.findall(r"swf_flow_status\s*(?:===|==|!==|!=)\s*[\"']([^\"']+)[\"']", line):
				if status not in COLOURS:
					problems.append(f"{at(path, number)} {status}")
	assert not problems, report(problems)
