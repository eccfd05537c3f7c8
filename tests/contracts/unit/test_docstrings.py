"""What others call says what comes out: shapes, units, errors and source, in plain words."""

import ast

from tests.contracts.app_source import at, layer_of, python_files, tree
from tests.contracts.names_in_source import report
from tests.contracts.unit.test_names import is_overload

SAID_BY_THEIR_NAME = {"events", "hooks", "patches", "sales_wh_flow", "www"}
"""Layers whose functions Frappe calls by a name that says all, such as ``on_submit`` and ``execute``."""

SAID_BY_THEIR_TEXT = {"words"}
"""Sayings and other words: each is one text."""

POINTS_ELSEWHERE = ("the same as", "as above", "see above", "shape: see")


def public_functions(module):
	return [
		node
		for node in module.body
		if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
		and not node.name.startswith("_")
		and not is_overload(node)
	]


def what_lacks(function):
	"""Why a docstring does not say what comes out; empty where it does."""
	told = ast.get_docstring(function)
	if not told:
		return "has no docstring"
	return next((f"says {it!r}" for it in POINTS_ELSEWHERE if it in told.lower()), "")


def test_a_public_function_without_a_docstring_is_seen():
	(bare, pointing, said) = public_functions(
		ast.parse(
			"def bare(): pass\n"
			'def pointing():\n\t"""The same as ``bare``."""\n'
			'def said():\n\t"""What it gives."""\n'
			"def _own(): pass\n"
		)
	)
	assert what_lacks(bare) == "has no docstring"
	assert what_lacks(pointing) == "says 'the same as'"
	assert not what_lacks(said)


def test_every_public_function_says_what_comes_out():
	"""Of rules, stores, verbs, permissions, jobs and endpoints."""
	looked_at = [
		(path, function)
		for path in python_files()
		if layer_of(path) not in SAID_BY_THEIR_NAME | SAID_BY_THEIR_TEXT
		for function in public_functions(tree(path))
	]
	problems = [
		f"{at(path, function)} {function.name} {lacks}"
		for path, function in looked_at
		if (lacks := what_lacks(function))
	]
	assert not problems, report(problems)
	assert len(looked_at) > 1000, "this check looks in the wrong place"
