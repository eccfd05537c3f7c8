"""What every endpoint answers has a shape that programs can read, and that mypy holds the code to."""

import ast

import pytest

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	functions,
	imports,
	layer_of,
	python_files,
	tree,
	walk,
	whitelisting,
)
from tests.contracts.names_in_source import report
from tests.contracts.unit.test_rules_are_pure import BLIND_MODULES

SAYS_NOTHING = {"Any", "object", "dict", "list", "tuple", "set", "Mapping", "Sequence", "Iterable"}
"""Types that say nothing by themselves: of what, has to stand behind the last seven."""


def says_nothing(annotation):
	"""The words of an annotation that say nothing; those whose contents are named are none."""
	if annotation is None:
		return ["nothing"]
	if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
		annotation = ast.parse(annotation.value, mode="eval").body
	told = {
		id(node.value)
		for node in ast.walk(annotation)
		if isinstance(node, ast.Subscript) and dotted(node.value).split(".")[-1] not in ("Any", "object")
	}
	return [
		dotted(node)
		for node in ast.walk(annotation)
		if isinstance(node, ast.Name | ast.Attribute)
		and dotted(node).split(".")[-1] in SAYS_NOTHING
		and id(node) not in told
	]


@pytest.mark.parametrize("words", ["dict", "list", "list[dict]", "dict[str, Any]", "object | None", "'dict'"])
def test_an_annotation_that_says_nothing_is_seen(words):
	assert says_nothing(ast.parse(words, mode="eval").body)
	assert says_nothing(None)


@pytest.mark.parametrize("words", ["str", "None", "list[str]", "dict[str, list[Measure]]", "Board | None"])
def test_an_annotation_that_names_what_comes_is_taken(words):
	assert not says_nothing(ast.parse(words, mode="eval").body)


def test_every_endpoint_says_what_it_answers():
	endpoints = [
		(path, function)
		for path in python_files()
		for function in functions(path)
		if whitelisting(function) is not None
	]
	problems = [
		f"{at(path, function)} {function.name}: {', '.join(words)}"
		for path, function in endpoints
		if (words := says_nothing(function.returns))
	]
	assert not problems, report(problems)
	assert len(endpoints) > 100, "this check looks in the wrong place"


def test_what_answers_hold_is_named_to_the_last_field():
	fields = [(path, node) for path in python_files("answers") for node in walk(path, ast.AnnAssign)]
	problems = [
		f"{at(path, node)}: {', '.join(words)}"
		for path, node in fields
		if (words := says_nothing(node.annotation))
	]
	assert not problems, report(problems)
	assert fields, "this check looks in the wrong place"


def test_answers_are_shapes_alone():
	"""So that every room of a capability may know them."""
	problems = []
	for path in python_files("answers"):
		problems += [
			f"{at(path, node)} is no shape"
			for node in tree(path).body[1:]
			if not isinstance(node, ast.Import | ast.ImportFrom | ast.ClassDef)
		]
		for node, name in imports(path):
			known = name.rpartition(".")[0] in BLIND_MODULES or name.rpartition(".")[0].endswith(".answers")
			if not known:
				problems.append(f"{at(path, node)} imports {name}")
	assert not problems, report(problems)
	assert layer_of(APP / "picking" / "answers.py") == "answers"


def test_no_endpoint_takes_a_shape_that_is_answered():
	"""Frappe checks arguments by pydantic, which takes no TypedDict of Python's own before Python 3.12."""
	shapes = {node.name for path in python_files("answers") for node in walk(path, ast.ClassDef)}
	problems = [
		f"{at(path, function)} {function.name}: {arg.arg}"
		for path in python_files()
		for function in functions(path)
		if whitelisting(function) is not None
		for arg in (*function.args.args, *function.args.kwonlyargs)
		if arg.annotation and shapes & {dotted(node) for node in ast.walk(arg.annotation)}
	]
	assert not problems, report(problems)
	assert shapes, "this check looks in the wrong place"
