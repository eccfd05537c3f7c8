"""Nothing that people read is stored as a sentence: what writes a reason takes a code, or what was typed.

The stores refuse a sentence when they run (``base.said.checked_code``). These tests see what no test ran:
every place that writes one of the fields, and every line of a timeline.
"""

import ast
import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	functions,
	layer_of,
	meant,
	python_files,
	shown,
	walk,
)
from tests.contracts.names_in_source import report

STORED = {
	"swf_route_reason",
	"swf_promise_source",
	"swf_consent",
	"waits_for",
	"condition_text",
}
"""Fields that hold a code with its values."""

CODES = Path(__file__).parents[2] / "data/said_codes.json"
"""Every code that was ever stored, with the values it takes: a site may hold it."""


def translates(path, node: ast.AST) -> bool:
	return any(
		isinstance(one, ast.Call) and meant(path, one.func) in ("_", "frappe._") for one in ast.walk(node)
	)


def pairs(node):
	"""(name, value) of what an assignment, a dict or a call gives a value."""
	if isinstance(node, ast.Assign):
		values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
		for target in node.targets:
			names = target.elts if isinstance(target, ast.Tuple) else [target]
			yield from ((getattr(name, "attr", ""), it) for name, it in zip(names, values, strict=False))
	elif isinstance(node, ast.Dict):
		for key, value in zip(node.keys, node.values, strict=True):
			yield getattr(key, "value", ""), value
	elif isinstance(node, ast.Call):
		yield from ((keyword.arg, keyword.value) for keyword in node.keywords)
		if dotted(node.func).split(".")[-1] in ("set", "set_value", "db_set"):
			yield from ((getattr(name, "value", ""), it) for name, it in pairwise(node.args))


def writes(path):
	"""(node, field, value) of every place that gives one of the fields a value."""
	for node in walk(path, ast.Assign, ast.Dict, ast.Call):
		yield from ((node, name, value) for name, value in pairs(node) if name in STORED)


def is_sentence(path, value: ast.AST, named) -> bool:
	"""Words of the app, or a text put together: neither reads the same in another language.

	A name is what the file gives it.
	"""
	if isinstance(value, ast.Name) and value.id in named:
		return any(is_sentence(path, it, {}) for it in named[value.id])
	if translates(path, value) or isinstance(value, ast.JoinedStr):
		return True
	if isinstance(value, ast.BinOp):
		return any(is_sentence(path, it, named) for it in (value.left, value.right))
	return isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value


def written_sentences(paths) -> list[str]:
	found = []
	for path in paths:
		written = list(writes(path))
		named: dict[str, list] = {}
		for node in walk(path, ast.Assign) if written else ():
			if isinstance(node.targets[0], ast.Name):
				named.setdefault(node.targets[0].id, []).append(node.value)
		found += [
			f"{at(path, node)} {field}: keep a code (said.keep, a function of sayings.py) or said.typed"
			for node, field, value in written
			if is_sentence(path, value, named)
		]
	return sorted(found)


def test_no_field_that_people_read_is_given_a_sentence():
	problems = written_sentences(python_files())
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		'row.swf_route_reason = _("Kept")',
		'put(row, swf_consent=f"Agreed by {who}")',
		'values = {"waits_for": "nobody is left"}',
		"row.swf_route_reason, row.x = _('Left').format(1), None",
		'why = f"Agreed by {who}"\nrow.swf_consent = why',
		"from frappe import _ as say\nrow.swf_consent = say('Agreed')",
		'row.set("swf_route_reason", _("Kept"))',
		'row.swf_route_reason = "Kept because " + who',
		'frappe.db.set_value("Sales Order Item", name, "swf_route_reason", f"Kept by {who}")',
	],
)
def test_the_check_for_sentences_sees_one(source):
	assert len(written_sentences([shown(source)])) == 1


def test_only_the_timeline_writes_comments():
	"""So that each line of it is a code."""
	problems = [
		at(path, node)
		for path in python_files()
		if path != APP / "base" / "timeline.py"
		for node in walk(path, ast.Call)
		if (isinstance(node.func, ast.Attribute) and node.func.attr == "add_comment") or makes_comment(node)
	]
	assert not problems, report(problems)


def makes_comment(call) -> bool:
	"""``frappe.get_doc({"doctype": "Comment", ...})``, ``frappe.new_doc("Comment")``"""
	if dotted(call.func) not in ("frappe.get_doc", "frappe.new_doc") or not call.args:
		return False
	first = call.args[0]
	if isinstance(first, ast.Dict):
		return any(getattr(it, "value", None) == "Comment" for it in first.values)
	return dotted(call.func) == "frappe.new_doc" and getattr(first, "value", None) == "Comment"


def test_what_is_kept_is_named_by_its_function():
	"""``keep(sayings.x)``: a code can be searched for, and is a function of sayings.py or timeline.py."""
	problems = []
	for path in python_files():
		for node in walk(path, ast.Call):
			if dotted(node.func) in ("said.keep", "note", "timeline.note"):
				takes = node.args[0 if dotted(node.func) == "said.keep" else 1]
				if not isinstance(takes, ast.Attribute | ast.Name):
					problems.append(at(path, node))
	assert not problems


def codes() -> dict[str, list[str]]:
	found = {}
	for path in python_files():
		if path.stem in ("sayings", "timeline") and path != APP / "base" / "timeline.py":
			for function in functions(path):
				if not function.name.startswith("_"):
					code = ".".join((*path.relative_to(APP).with_suffix("").parts, function.name))
					args = [*function.args.args, *function.args.kwonlyargs]
					found[code] = [arg.arg for arg in args]
	return found


def test_a_code_that_was_stored_once_is_worded_for_ever():
	"""Rename nothing, take no argument away; give a new one a default, and write new codes into the file."""
	kept, now = json.loads(CODES.read_text()), codes()
	gone = {code for code in kept if code not in now}
	lost = {code: set(args) - set(now[code]) for code, args in kept.items() if code in now}
	assert not gone
	assert not {code: args for code, args in lost.items() if args}
	assert set(now) == set(kept), "write the new codes into said_codes.json"


def test_everything_that_is_said_belongs_to_the_layer_of_words():
	assert {layer_of(path) for path in python_files() if path.stem == "sayings"} == {"words"}
