"""Who holds rows by their names holds no others.

Left to itself the server walks a table that is small, or that most names are of, and holds all of it.
"""

import ast
import re

import pytest

from tests.contracts.app_source import at, python_files, shown, walk
from tests.contracts.names_in_source import report

HOLDS = re.compile(r"^(update|delete)\b|\b(for update|lock in share mode)\b")
BY_NAME = re.compile(r"\bwhere (\w+\.)?name in\b")
BY_THE_KEY = "force index (primary)"
WITHIN = re.compile(r"\([^()]*\)")


def statements(path):
	"""(node, text) of what may be SQL, values within it left out."""
	parts = {id(part) for node in walk(path, ast.JoinedStr) for part in node.values}
	for node in walk(path, ast.Constant, ast.JoinedStr):
		if isinstance(node, ast.JoinedStr):
			yield node, "".join(it.value if isinstance(it, ast.Constant) else "?" for it in node.values)
		elif isinstance(node.value, str) and id(node) not in parts:
			yield node, node.value


def holds_more(text: str) -> bool:
	"""Whether a statement holds rows by name, and leaves to the server how it finds them."""
	found = " ".join(text.lower().split())
	if BY_THE_KEY in found:
		return False
	while (outside := WITHIN.sub("", found)) != found:
		found = outside
	return bool(HOLDS.search(found) and BY_NAME.search(found))


def test_rows_are_held_by_the_key_that_finds_them():
	problems = [
		f"{at(path, node)} {BY_THE_KEY}, which holds no other rows"
		for path in python_files()
		for node, text in statements(path)
		if holds_more(text)
	]
	assert not problems, report(problems)
	assert sum(BY_THE_KEY in text for path in python_files() for _node, text in statements(path)) > 40


@pytest.mark.parametrize(
	("source", "is_wrong"),
	[
		("'update `tabBin` set a = 1 where name in %s'", True),
		("f'update `tabBin` set {sets} where name in %s'", True),
		("'select name from `tabBin` bin where bin.name in %s for update'", True),
		("'delete from `tabBin` where name in %(names)s'", True),
		("'update `tabBin` force index (primary) set a = 1 where name in %s'", False),
		("'select name from `tabBin` where name in %s'", False),
		("'select 1 from (select name from `tabBin` where name in %s) it where a = 1 for update'", False),
	],
)
def test_the_look_at_what_is_held_sees_one(source, is_wrong):
	assert any(holds_more(text) for _node, text in statements(shown(source))) is is_wrong
