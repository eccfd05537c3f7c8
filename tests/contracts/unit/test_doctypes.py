"""DocTypes are whole: folders, fields, tables, settings, choices."""

import json
import re
from pathlib import Path

import pytest

from sales_wh_flow.approval.rules import criteria, measure, needs
from sales_wh_flow.stock_lock.rules import allocation
from tests.contracts.app_source import (
	APP,
	MODULE,
	ROOT,
	top_level_names,
)
from tests.contracts.names_in_source import report

LAYOUT = {"Section Break", "Column Break", "Tab Break", "HTML", "Button", "Fold", "Heading"}


# DocTypes

DOCTYPES = sorted(
	path for path in (MODULE / "doctype").iterdir() if path.is_dir() and path.name[0] not in "_."
)


def test_there_are_doctypes():
	assert DOCTYPES


def definition(folder: Path):
	return json.loads((folder / f"{folder.name}.json").read_text())


doctypes = pytest.mark.parametrize("folder", DOCTYPES, ids=lambda folder: folder.name)


@doctypes
def test_the_controller_says_the_type_of_each_field(folder):
	"""Frappe writes them when a DocType is saved on a developer's site; it has no type of a Signature."""
	source = (folder / f"{folder.name}.py").read_text()
	block = source.partition("# begin: auto-generated types")[2].partition("# end: auto-generated types")[0]
	typed = set(re.findall(r"^\t\t(\w+): DF\.", block, re.MULTILINE))
	without = LAYOUT | {"Signature"}
	fields = {df["fieldname"] for df in definition(folder)["fields"] if df["fieldtype"] not in without}
	assert fields <= typed, f"{folder.name}: no type of {sorted(fields - typed)}"


@doctypes
def test_a_doctype_folder_is_complete(folder):
	wanted = ("__init__.py", f"{folder.name}.json", f"{folder.name}.py")
	missing = [name for name in wanted if not (folder / name).is_file()]
	assert not missing, f"{folder.relative_to(ROOT)} lacks {', '.join(missing)}"


@doctypes
def test_a_doctype_belongs_to_the_apps_module_and_is_named_like_its_folder_and_class(folder):
	doctype = definition(folder)
	modules = (APP / "modules.txt").read_text().split("\n")
	assert doctype["module"] in [name for name in modules if name]
	assert doctype["name"].lower().replace(" ", "_") == folder.name
	assert doctype["name"].replace(" ", "") in top_level_names(folder / f"{folder.name}.py")


@doctypes
def test_the_rows_of_a_document_are_written_by_their_document_alone(folder):
	"""Frappe deletes, writes and inserts single rows for whoever may do that to the document."""
	if definition(folder).get("istable"):
		code = (folder / f"{folder.name}.py").read_text()
		assert "(PartOfParent, " in code or "(Record)" in code


@doctypes
def test_a_doctype_lists_each_of_its_fields_once(folder):
	doctype = definition(folder)
	names = [field["fieldname"] for field in doctype["fields"]]
	assert len(names) == len(set(names))
	assert sorted(doctype["field_order"]) == sorted(names)
	assert all(field.get("label") for field in doctype["fields"] if field["fieldtype"] not in LAYOUT)


@doctypes
def test_a_table_field_shows_a_child_table(folder):
	children = {definition(other)["name"] for other in DOCTYPES if definition(other).get("istable")}
	problems = [
		f"{field['fieldname']}: {field['options']}"
		for field in definition(folder)["fields"]
		if field["fieldtype"] in ("Table", "Table MultiSelect") and field["options"] not in children
	]
	assert not problems, report(problems)


@doctypes
def test_only_a_child_table_goes_without_permissions(folder):
	doctype = definition(folder)
	assert bool(doctype.get("permissions")) != bool(doctype.get("istable"))


def test_the_module_folder_is_where_frappe_looks():
	"""Without __init__.py Frappe finds no module there and installs nothing, silently."""
	(module,) = [line for line in (APP / "modules.txt").read_text().splitlines() if line]
	assert module.lower().replace(" ", "_") == MODULE.name
	assert (MODULE / "__init__.py").is_file()
	assert (MODULE / "doctype" / "__init__.py").is_file()


def fields_of(doctype):
	folder = MODULE / "doctype" / doctype
	return {field["fieldname"]: field for field in definition(folder)["fields"]}


def test_every_setting_has_a_description():
	problems = [
		name
		for name, field in fields_of("sales_flow_settings").items()
		if field["fieldtype"] not in LAYOUT and not field.get("description", "").strip()
	]
	assert not problems, report(problems)


ON_FROM_THE_START = {
	"approval_ask_once": "says how Approval asks, once that is on",
	"approval_notify_desk": "says how Approval tells, once that is on",
	"approval_of_invoices": "says what Approval does about prices, once that is on",
	"tell_sellers": "says whom Stock Lock tells, once that is on",
}


def is_on_from_the_start(field) -> bool:
	choices = (field.get("options") or "").split("\n")
	if field["fieldtype"] == "Select" and "Off" in choices:
		return field.get("default") != "Off"
	return field["fieldtype"] == "Check" and field.get("default") not in (None, "", "0")


def test_every_switch_and_gate_is_off_until_somebody_turns_it_on():
	"""Not configured, ERPNext behaves as before. What a capability does once it is on is no switch."""
	fields = fields_of("sales_flow_settings")
	found = {name for name, field in fields.items() if is_on_from_the_start(field)}
	assert found == ON_FROM_THE_START.keys(), "set the default to Off, or say what it waits for"


@pytest.mark.parametrize(
	"field",
	[
		{"fieldtype": "Check", "default": "1"},
		{"fieldtype": "Select", "options": "On\nOff", "default": "On"},
		{"fieldtype": "Select", "options": "Block\nOff"},
	],
)
def test_the_check_of_switches_sees_one(field):
	assert is_on_from_the_start(field)


def options_of(doctype, fieldname):
	return [option for option in fields_of(doctype)[fieldname]["options"].split("\n") if option]


def test_choices_in_forms_are_those_the_rules_know():
	states = [needs.OPEN, needs.APPROVED, needs.REJECTED, needs.SUPERSEDED, needs.SHADOW]
	names = {measure.name for measures in criteria.MEASURES.values() for measure in measures}
	assert options_of("order_approval_rule", "criterion") == list(needs.CRITERIA)
	assert set(options_of("order_approval_rule", "measure")) == names
	assert options_of("order_approval_rule", "comparison") == [*measure.RISING, *measure.FALLING]
	assert options_of("order_approval", "state") == states
	assert options_of("sales_flow_settings", "partial_lock") == list(allocation.PARTIAL_POLICIES)


# the desk


def test_the_sidebar_of_a_later_desk_leads_wherever_the_workspace_does():
	"""ERPNext 16 shows a sidebar in place of the workspace's cards."""
	workspace = json.loads((MODULE / "workspace" / "order_flow" / "order_flow.json").read_text())
	sidebar = json.loads((APP / "workspace_sidebar" / "order_flow.json").read_text())
	offered = {(row.get("link_type"), row.get("link_to")) for row in sidebar["items"]}
	wanted = [(row["link_type"], row["link_to"]) for row in workspace["links"] if row["type"] == "Link"]
	wanted += [(row["type"], row["link_to"]) for row in workspace["shortcuts"]]
	assert not sorted(set(wanted) - offered)


def test_filters_of_cards_and_charts_are_of_four_parts():
	"""Versions of ERPNext 16 refuse a fifth, which earlier desks wrote and nothing reads."""
	kinds = ("number_card", "dashboard_chart")
	kept = [json.loads(path.read_text()) for kind in kinds for path in (MODULE / kind).rglob("*.json")]
	given = [(it["name"], json.loads(it["filters_json"])) for it in kept]
	filters = [(name, each) for name, parts in given if isinstance(parts, list) for each in parts]
	assert filters
	assert not [name for name, each in filters if len(each) != 4]


def test_no_link_names_the_root_of_the_desk_itself():
	"""It is /app on Frappe 15 and /desk on 16, which loads all of the desk again for any other."""
	sources = (path for kind in ("*.js", "*.html") for path in APP.rglob(kind))
	named = [
		str(path.relative_to(ROOT))
		for path in sources
		if not {"dist", "node_modules"} & set(path.parts)
		and re.search("[\"'`]/(app|desk)/", path.read_text())
	]
	assert not named
