"""A name says one thing: it can be searched for, and reads without the module it comes from."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.contracts.app_source import APP, at, functions, layer_of, python_files, tree

NAMED_BY_OTHERS = {"texts", "execute", "get_context"}
"""Hooks: ``swf_refusals`` of each capability, Script Reports, pages of the website."""

STORED = {"sayings", "timeline"}
"""Modules whose functions are codes: a stored one is never renamed, and is always called with its module."""

HANDED_ON = {"api", "jobs", "entrances", "commands", "boot", "events", "patches", "overrides"}
"""What hands on to a verb is called as the verb is; events and patches as Frappe looks for them."""


def is_overload(node) -> bool:
	"""A signature of a function that is defined below."""
	return any(isinstance(it, ast.Name) and it.id == "overload" for it in node.decorator_list)


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def defined(kind) -> dict[str, list[Path]]:
	"""{public name: modules that define it}"""
	found = defaultdict(list)
	for path in python_files():
		if layer_of(path) in HANDED_ON or (path.stem in STORED and kind is FUNCTIONS):
			continue
		for node in tree(path).body:
			if isinstance(node, kind) and not node.name.startswith("_") and not is_overload(node):
				found[node.name].append(path)
	return found


def twice(kind) -> dict[str, str]:
	return {
		name: ", ".join(str(path.relative_to(APP)) for path in paths)
		for name, paths in defined(kind).items()
		if len(paths) > 1
	}


def test_no_two_classes_have_one_name():
	assert not twice(ast.ClassDef)


def test_no_two_public_functions_have_one_name():
	assert not {name: places for name, places in twice(FUNCTIONS).items() if name not in NAMED_BY_OTHERS}


def keeps_rows(function) -> bool:
	"""Whether it asks the database to keep rows from others."""
	return any(
		isinstance(node, ast.Constant) and isinstance(node.value, str) and "for update" in node.value.lower()
		for part in function.body[bool(ast.get_docstring(function)) :]
		for node in ast.walk(part)
	)


def test_a_row_that_is_kept_from_others_is_held_and_stock_that_is_kept_for_an_order_is_locked():
	"""See docs/glossary.md."""
	found = [
		(path, function) for path in python_files() for function in functions(path) if keeps_rows(function)
	]
	problems = [
		f"{at(path, function)} {function.name}"
		for path, function in found
		if function.name.lstrip("_").startswith("lock")
	]
	assert not problems, problems
	assert any(function.name == "hold_order_rows" for _path, function in found)
