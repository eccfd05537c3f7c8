"""Nothing that people read is stored as a sentence: what writes a reason takes a code, or what was typed.

The stores refuse a sentence when they run (``base.said.checked_code``). These tests see what no test ran:
every place that writes one of the fields, and every line of a timeline.
"""

import ast
import json
from pathlib import Path

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	functions,
	layer_of,
	python_files,
	walk,
)

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


def translates(node: ast.AST) -> bool:
	return any(isinstance(one, ast.Call) and dotted(one.func) in ("_", "frappe._") for one in ast.walk(node))


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


def writes(path):
	"""(node, field, value) of every place that gives one of the fields a value."""
	for node in walk(path, ast.Assign, ast.Dict, ast.Call):
		yield from ((node, name, value) for name, value in pairs(node) if name in STORED)


def is_sentence(value: ast.AST) -> bool:
	"""Words of the app, or a text put together: neither reads the same in another language."""
	if translates(value) or isinstance(value, ast.JoinedStr):
		return True
	return isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value


def written_sentences(paths) -> list[str]:
	return sorted(
		f"{at(path, node)} {field}"
		for path in paths
		for node, field, value in writes(path)
		if is_sentence(value)
	)


def test_no_field_that_people_read_is_given_a_sentence():
	assert not written_sentences(python_files())


def test_the_check_for_sentences_sees_one(tmp_path, monkeypatch):
	"""A check that never finds anything proves nothing."""
	monkeypatch.setattr(f"{__name__}.at", lambda path, node: str(node.lineno))
	bad = tmp_path / "bad.py"
	bad.write_text(
		'row.swf_route_reason = _("Kept")\n'
		'put(row, swf_consent=f"Agreed by {who}")\n'
		'values = {"waits_for": "nobody is left"}\n'
		"row.swf_route_reason, row.x = _('Left').format(1), None\n"
	)
	assert written_sentences([bad]) == [
		"1 swf_route_reason",
		"2 swf_consent",
		"3 waits_for",
		"4 swf_route_reason",
	]


def test_only_the_timeline_writes_comments():
	"""So that each line of it is a code."""
	problems = [
		at(path, node)
		for path in python_files()
		if path != APP / "base" / "timeline.py"
		for node in walk(path, ast.Call)
		if isinstance(node.func, ast.Attribute) and node.func.attr == "add_comment"
	]
	assert not problems


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


MAY_FORMAT = {
	APP / "base" / "in_words.py",
	APP / "approval" / "condition_bounds.py",
	APP / "approval" / "store" / "masters.py",
	APP / "approval" / "store" / "customer_facts.py",
	APP / "approval" / "store" / "order_facts.py",
}
"""The one formatter; a limit in an error of Python; and texts that facts are compared by."""


def test_figures_are_formatted_in_one_place():
	problems = [
		at(path, node)
		for path in python_files()
		if path not in MAY_FORMAT
		for node in walk(path, ast.FormattedValue)
		if node.format_spec
		and any(sign in f":{ast.unparse(node.format_spec)}" for sign in ("g'", "f'", ",", "n'"))
	]
	assert not problems
