"""What the flow keeps in memory lies under one flag of a document or request, and says what it is."""

import ast
from itertools import pairwise

import pytest

from tests.contracts.app_source import APP, at, dotted, layer_of, python_files, shown, walk

HOME = APP / "base/alongside.py"

OF_FRAPPE = {
	"args": "frappe.flags: what ERPNext's mapped documents are made with",
	"commit": "local.flags: Frappe commits at the end of a GET",
	"error_message": "frappe.flags: which document is not permitted",
	"ignore_links": "Document",
	"ignore_mandatory": "Document",
	"ignore_permissions": "Document",
	"ignore_validate": "Document",
	"in_fixtures": "frappe.flags",
	"in_import": "frappe.flags",
	"in_receive": "Document: a Communication that an e-mail account took in",
	"in_install": "frappe.flags",
	"in_migrate": "frappe.flags",
	"in_patch": "frappe.flags",
	"in_test": "frappe.flags",
	"ignore_validate_update_after_submit": "a document's, or a row's that Update Items writes",
	"in_uninstall": "frappe.flags",
	"updater_reference": "Document: which of Frappe's documents made or changed it",
	"redirect_location": "local.flags: of a web page",
}
"""The flags of Frappe and ERPNext that the app sets or reads, and whose they are."""

READERS = {"get", "pop", "setdefault", "update"}


def flags_used(path):
	"""(node, name) of every flag that a file names; None where the name is not written out."""
	for node in walk(path, ast.Attribute, ast.Call, ast.Subscript):
		if isinstance(node, ast.Attribute) and dotted(node.value).split(".")[-1] == "flags":
			if node.attr not in READERS:
				yield node, node.attr
		if isinstance(node, ast.Call) and dotted(node.func).split(".")[-2:-1] == ["flags"]:
			first = node.args[0] if node.args else None
			yield node, first.value if isinstance(first, ast.Constant) else None
		if isinstance(node, ast.Subscript) and dotted(node.value).split(".")[-1] == "flags":
			yield node, node.slice.value if isinstance(node.slice, ast.Constant) else None


def test_no_flag_is_ours_but_the_one():
	problems = [
		f"{at(path, node)} {name}"
		for path in python_files()
		if path != HOME
		for node, name in flags_used(path)
		if name not in OF_FRAPPE
	]
	assert not problems, "\n".join(["", *problems, "name it in base/alongside.py"])


LOCAL_OF_FRAPPE = {"flags", "form_dict", "lang", "message_log", "request", "response"}
REMEMBER_WHAT_WAS_READ = {
	APP / "approval/own_condition.py": "the kinds of fields that a condition names",
	APP / "order/store/lines.py": "rows of masters, through functions named for them",
}
"""What a request read once, and forgets with itself."""
UNDER_A_LOAN = {("approval/keep_as_draft.py", "_action"): "base/loans.py, check_docstatus_transition"}


def hung_on(path):
	"""What a file hangs on Frappe's request or on somebody's document, where anybody may do so."""
	for node in walk(path, ast.Assign, ast.AugAssign, ast.Call):
		if isinstance(node, ast.Call):
			is_set = dotted(node.func) == "setattr"
			names = [f"{dotted(node.args[0])}.{text_of(node.args[1])}"] if is_set else []
		else:
			names = [dotted(it) for it in (node.targets if isinstance(node, ast.Assign) else [node.target])]
		yield from ((node, name) for name in names if is_hung(path, name))


def text_of(node) -> str:
	return node.value if isinstance(node, ast.Constant) else "?"


def is_hung(path, name: str) -> bool:
	owner, _dot, part = name.rpartition(".")
	if not owner or owner == "self" or part.startswith("__"):
		return False
	if (str(path.relative_to(APP)), part) in UNDER_A_LOAN:
		return False
	if owner.split(".")[:2] == ["frappe", "local"] and len(name.split(".")) == 3:
		return part not in LOCAL_OF_FRAPPE
	return part.startswith("_") or (owner.split(".")[-1] == "flags" and part not in OF_FRAPPE)


def test_nothing_is_hung_on_documents_and_requests_but_by_the_one_home():
	problems = [
		f"{at(path, node)} {name}: name it in base/alongside.py"
		for path in python_files()
		if path != HOME and path not in REMEMBER_WHAT_WAS_READ and layer_of(path) != "tests"
		for node, name in hung_on(path)
	]
	assert not problems, "\n".join(["", *problems])


@pytest.mark.parametrize(
	"source",
	[
		"doc._swf_mine = 1",
		"frappe.local.zz_mine = 1",
		"setattr(frappe.local, 'zz_mine', 1)",
		"setattr(doc.flags, 'dont_look', True)",
		"setattr(doc, '_mine', True)",
	],
)
def test_the_check_for_what_is_hung_sees_one(source):
	assert list(hung_on(shown(source)))


@pytest.mark.parametrize("kind", ["AlongsideDocument", "AlongsideRequest"])
def test_everything_that_is_kept_is_explained_and_used(kind):
	(body,) = (node.body for node in walk(HOME, ast.ClassDef) if node.name == kind)
	names = {node.target.id for node in body if isinstance(node, ast.AnnAssign)}
	explained = {
		before.target.id
		for before, after in pairwise(body)
		if isinstance(before, ast.AnnAssign) and isinstance(after, ast.Expr)
	}
	used = {node.attr for path in python_files() if path != HOME for node in walk(path, ast.Attribute)}
	taken = {
		node.args[0].value
		for path in python_files()
		for node in walk(path, ast.Call)
		if dotted(node.func).endswith("take") and node.args
		if isinstance(node.args[0], ast.Constant)
	}
	assert names and names == explained
	assert names <= used | taken
