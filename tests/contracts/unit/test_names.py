"""A name says one thing: it can be searched for, and reads without the module it comes from."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.contracts.app_source import APP, layer_of, python_files, tree

KNOWN = Path(__file__).parents[2] / "data/names_twice.txt"
"""Function names that stand in two modules from of old. The list may only get shorter."""

NAMED_BY_OTHERS = {"texts", "execute", "get_context"}
"""Hooks: ``swf_refusals`` of each capability, Script Reports, pages of the website."""

HANDED_ON = {"api", "jobs", "entrances", "commands", "boot", "events", "patches", "overrides"}
"""What hands on to a verb is called as the verb is; events and patches as Frappe looks for them."""


def defined(kind) -> dict[str, list[Path]]:
	"""{public name: modules that define it}"""
	found = defaultdict(list)
	for path in python_files():
		if layer_of(path) in HANDED_ON:
			continue
		for node in tree(path).body:
			if isinstance(node, kind) and not node.name.startswith("_"):
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


def test_no_new_function_has_a_name_that_is_taken():
	known = set(KNOWN.read_text().split())
	problems = {
		name: places for name, places in twice(ast.FunctionDef).items() if name not in known | NAMED_BY_OTHERS
	}
	assert not problems


def test_the_list_of_names_that_stand_twice_only_gets_shorter():
	known = KNOWN.read_text().split()
	assert known == sorted(known) and not set(known) - set(twice(ast.FunctionDef))
