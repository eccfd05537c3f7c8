"""Which functions of the app another one gets to, by the names it calls, and what writes in them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.contracts.app_source import APP, meant, python_files, tree

WRITING_SQL = re.compile(r"\s*(insert|update|delete|replace|truncate)\b", re.IGNORECASE)
WRITING_CALL = {"frappe.db.set_value", "frappe.db.set_single_value", "frappe.db.delete", "frappe.delete_doc"}
WRITING_METHOD = {
	"insert",
	"save",
	"submit",
	"cancel",
	"delete",
	"db_set",
	"db_insert",
	"db_update",
	"add_comment",
}


def module_name(path: Path) -> str:
	return ".".join((APP.name, *path.relative_to(APP).with_suffix("").parts)).removesuffix(".__init__")


@cache
def _functions() -> dict[str, tuple[Path, ast.FunctionDef]]:
	return {
		f"{module_name(path)}.{node.name}": (path, node)
		for path in python_files()
		for node in tree(path).body
		if isinstance(node, ast.FunctionDef)
	}


@cache
def _named_in(path: Path, function: ast.FunctionDef) -> frozenset[str]:
	"""Absolute names of the functions that one names; of methods nobody knows whose they are."""
	names, own = set(), module_name(path)
	for node in ast.walk(function):
		if isinstance(node, ast.Attribute | ast.Name) and (name := meant(path, node)):
			names.add(name if name.startswith(f"{APP.name}.") else f"{own}.{name}")
	return frozenset(names & _functions().keys())


def reached(path: Path, function: ast.FunctionDef, but: frozenset[str] = frozenset()) -> Iterator[tuple]:
	"""(file, function) of this one and all that it gets to; not through ``but``."""
	seen, waiting = set(but), [(path, function)]
	while waiting:
		here = waiting.pop()
		yield here
		for name in sorted(_named_in(*here) - seen):
			seen.add(name)
			waiting.append(_functions()[name])


@cache
def writes_in(path: Path, function: ast.FunctionDef) -> tuple[ast.Call, ...]:
	"""The calls with which a function itself writes."""
	return tuple(
		node for node in ast.walk(function) if isinstance(node, ast.Call) and _is_writing(path, node)
	)


def _is_writing(path: Path, call: ast.Call) -> bool:
	called = meant(path, call.func)
	if called.endswith(".sql"):
		return _is_writing_sql(call)
	if called in WRITING_CALL:
		return True
	is_of_a_document = isinstance(call.func, ast.Attribute) and not called.startswith(f"{APP.name}.")
	return is_of_a_document and call.func.attr in WRITING_METHOD and not _is_list_insert(call)


def _is_list_insert(call: ast.Call) -> bool:
	return call.func.attr == "insert" and len(call.args) > 1


def _is_writing_sql(call: ast.Call) -> bool:
	text = call.args[0] if call.args else None
	if isinstance(text, ast.JoinedStr) and text.values:
		text = text.values[0]
	return isinstance(text, ast.Constant) and bool(WRITING_SQL.match(str(text.value)))
