"""Every test asks something and is run by somebody."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests import suites
from tests.contracts.app_source import ROOT
from tests.contracts.names_in_source import report

TESTS = ROOT / "tests"
ASKING = {"raises", "warns", "expect", "fail", "check"}
"""Of pytest, of the browser and of the sample company; beside them every function of ours that asks."""
OF_DOCUMENTS = {"save", "submit", "insert", "cancel", "delete", "reload", "open", "commit", "run", "get"}
"""What documents can do as well: a helper of such a name is not told apart."""

DOES_NOT_RAISE = "does not raise"
"""What a comment or docstring says of a test that asks nothing else."""


def called(function) -> set[str]:
	calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
	return {getattr(it, "attr", "") or getattr(it, "id", "") for it in calls}


def asks_itself(function) -> bool:
	for node in ast.walk(function):
		if isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant):
			return True
		if isinstance(node, ast.Raise) and "AssertionError" in ast.unparse(node):
			return True
	return False


@cache
def written() -> tuple[tuple[Path, str, tuple], ...]:
	"""(file, its text, its functions)"""
	found = []
	for path in sorted(TESTS.rglob("*.py")):
		text = path.read_text()
		functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
		found.append((path, text, tuple((it, called(it), asks_itself(it)) for it in functions)))
	return tuple(found)


@cache
def asking() -> frozenset[str]:
	"""Names of functions that ask, or call one that does."""
	known = set(ASKING)
	functions = [it for _path, _text, functions in written() for it in functions]
	while True:
		more = {it.name for it, names, asks in functions if asks or names & known} - OF_DOCUMENTS
		if more <= known:
			return frozenset(known)
		known |= more


def asks_nothing(function, names, asks, text) -> bool:
	if not function.name.startswith("test_") or asks or names & asking():
		return False
	lines = text.splitlines()[function.lineno - 1 : function.end_lineno]
	return not any(DOES_NOT_RAISE in line.lower() for line in lines)


def test_every_test_asks_something():
	problems = [
		f"{path.relative_to(ROOT)}:{function.lineno} asks nothing: assert, or say '{DOES_NOT_RAISE}'"
		for path, text, functions in written()
		if path.name.startswith("test_")
		for function, names, asks in functions
		if asks_nothing(function, names, asks, text)
	]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	("body", "is_one"),
	[
		("assert True", True),
		("save(order)", True),
		("save(order)  # does not raise", False),
		("assert order.name", False),
		("with pytest.raises(Error): save(order)", False),
	],
)
def test_the_check_for_questions_sees_one_that_is_missing(body, is_one):
	text = f"def test_it():\n\t{body}\n"
	function = ast.parse(text).body[0]
	assert asks_nothing(function, called(function), asks_itself(function), text) is is_one


WAITS = re.compile(r"\btime\.sleep\(")


def test_no_test_of_one_process_sleeps():
	problems = [
		f"{path.relative_to(ROOT)} sleeps: set the clock, or wait for what is to happen"
		for path, text, _functions in written()
		if {"unit", "site"} & set(path.relative_to(TESTS).parts) and WAITS.search(text)
		if path.name not in SLOW_ON_PURPOSE
	]
	assert not problems, report(problems)


SLOW_ON_PURPOSE = {
	"test_addresses.py": "a server that answers too late",
	"test_lane.py": "other processes",
	"test_side_by_side.py": "other processes",
	"test_tests_ask.py": "this one",
}


def unrun(path: Path) -> str | None:
	"""Why no run takes the tests of a file."""
	is_test = path.name.startswith("test_")
	if is_test and suites.suite_of(path) is None:
		return "is in no suite: put it into unit/, site/ or race/, or name its folder in tests/suites.py"
	if not is_test and {"unit", "site", "race"} & set(path.relative_to(TESTS).parts):
		return "has tests, but its name does not begin with test_"
	return None


RUN_BY_THEMSELVES = {"upgrade": "script/lib/site_suites.py takes it between two versions"}


def test_every_file_of_tests_is_run():
	problems = [
		f"{path.relative_to(ROOT)} {why}"
		for path, _text, functions in written()
		if any(it.name.startswith("test_") for it, _names, _asks in functions)
		if path.relative_to(TESTS).parts[0] not in RUN_BY_THEMSELVES
		if (why := unrun(path))
	]
	assert not problems, report(problems)
	assert unrun(TESTS / "order/extra/test_x.py") and unrun(TESTS / "order/unit/zz_wrong_name.py")
	assert not unrun(TESTS / "order/unit/test_x.py")
