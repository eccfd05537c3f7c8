"""What goes to the database as a parameter: later drivers know no sets, views of dicts or generators."""

import ast

import pytest

from tests.contracts.app_source import at, dotted, functions, python_files, text, walk
from tests.contracts.names_in_source import report

NO_PARAMETERS = {"set", "frozenset", "map", "filter", "zip", "reversed"}
VIEWS = {"keys", "values", "items"}


def parts_of(value):
	"""The expressions of which one, or all, arrive with this one."""
	for kinds, names in PARTS.items():
		if isinstance(value, kinds):
			for name in names:
				found = getattr(value, name)
				yield from found if isinstance(found, list) else [found]


PARTS = {
	(ast.Dict, ast.BoolOp): ("values",),
	(ast.List, ast.Tuple): ("elts",),
	(ast.BinOp,): ("left", "right"),
	(ast.IfExp,): ("body", "orelse"),
}


def is_unsendable_call(value):
	name = getattr(value.func, "attr", getattr(value.func, "id", ""))
	if isinstance(value.func, ast.Attribute):
		return name in VIEWS and not value.args
	return name in NO_PARAMETERS


def unsendable(value):
	"""The parts of an expression that arrive at the driver as a set, a view of a dict or a generator."""
	is_call = isinstance(value, ast.Call) and is_unsendable_call(value)
	if is_call or isinstance(value, ast.Set | ast.SetComp | ast.GeneratorExp):
		yield value
	for part in parts_of(value):
		yield from unsendable(part)


def arriving(value):
	"""Names whose value arrives as it is."""
	if isinstance(value, ast.Name):
		yield value.id
	for part in parts_of(value):
		yield from arriving(part)


def given_names(function):
	"""name -> what the function gave it."""
	given = {}
	for node in ast.walk(function):
		if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
			given.setdefault(node.targets[0].id, []).append(node.value)
	return given


def sent(function):
	"""What a function hands to ``sql`` as parameters, names followed to what the function gave them."""
	given = given_names(function)
	for node in ast.walk(function):
		if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "sql":
			for value in [*node.args[1:], *(it.value for it in node.keywords if it.arg == "values")]:
				yield value
				for name in arriving(value):
					yield from given.get(name, ())


def problems_in(function):
	return [part for value in sent(function) for part in unsendable(value)]


@pytest.mark.parametrize(
	("text", "is_wrong"),
	[
		("frappe.db.sql(q, {'names': {row.name for row in rows}})", True),
		("frappe.db.sql(q, {'names': set(names)})", True),
		("frappe.db.sql(q, {'names': found.keys()})", True),
		("frappe.db.sql(q, (n for n in names))", True),
		("names = set(given)\n\tfrappe.db.sql(q, {'names': names})", True),
		("frappe.db.sql(q, values={'names': frozenset(names)})", True),
		("frappe.db.sql(q, {'names': tuple({row.name for row in rows})})", False),
		("names = set(given)\n\tfrappe.db.sql(q, {'names': tuple(names)})", False),
		("frappe.db.sql(q, {'names': list(names), 'on': day})", False),
	],
)
def test_the_look_at_parameters_sees_what_a_driver_cannot_take(text, is_wrong):
	function = ast.parse(f"def f():\n\t{text}").body[0]
	assert bool(problems_in(function)) is is_wrong


def test_no_statement_gets_a_set_or_a_generator_as_a_parameter():
	problems = [
		f"{at(path, part)} {ast.unparse(part)}"
		for path in python_files()
		if "sql" in text(path)
		for function in functions(path)
		for part in problems_in(function)
	]
	assert not problems, "\n".join(["", *sorted(set(problems))])


# sets that another statement of the function made


def _unordered(node, names):
	"""Whether a value is a set or a generator, which no database driver but the oldest takes."""
	if isinstance(node, ast.Set | ast.SetComp | ast.GeneratorExp):
		return True
	if isinstance(node, ast.Call):
		return dotted(node.func) in ("set", "frozenset", "filter", "map", "zip")
	if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub):
		return _unordered(node.left, names) or _unordered(node.right, names)
	return isinstance(node, ast.Name) and node.id in names


def _sql_values(node):
	"""Each value that a call of frappe.db.sql binds."""
	given = [*node.args[1:2], *(it.value for it in node.keywords if it.arg == "values")]
	for value in given:
		if isinstance(value, ast.Tuple | ast.List):
			yield from value.elts
		elif isinstance(value, ast.Dict):
			yield from value.values
		else:
			yield value


def _bound_as_sets(function):
	names = {
		target.id
		for node in ast.walk(function)
		if isinstance(node, ast.Assign) and _unordered(node.value, ())
		for target in node.targets
		if isinstance(target, ast.Name)
	}
	for node in ast.walk(function):
		if isinstance(node, ast.Call) and dotted(node.func).endswith("db.sql"):
			yield from (value for value in _sql_values(node) if _unordered(value, names))


def test_no_set_and_no_generator_is_bound_to_sql():
	"""ERPNext 16 comes with a driver that writes them as a syntax error."""
	problems = {
		f"{at(path, value)} {ast.unparse(value)}"
		for path in python_files()
		if "db.sql" in text(path)
		for function in walk(path, ast.FunctionDef)
		for value in _bound_as_sets(function)
	}
	assert not problems, report(problems)
