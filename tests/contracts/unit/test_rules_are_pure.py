"""Rules decide on frozen facts: they see nothing of the world, change nothing and remember nothing."""

import ast

import pytest

from tests.contracts.app_source import (
	at,
	dotted,
	file_of,
	functions,
	imports,
	layer_of,
	python_files,
	shown,
	tree,
	walk,
)
from tests.contracts.names_in_source import report
from tests.contracts.unit.test_architecture import is_of_app

BLIND_MODULES = {
	"abc",
	"base64",
	"bisect",
	"calendar",
	"collections",
	"collections.abc",
	"dataclasses",
	"datetime",
	"decimal",
	"enum",
	"fractions",
	"functools",
	"hashlib",
	"heapq",
	"hmac",
	"itertools",
	"json",
	"math",
	"operator",
	"re",
	"statistics",
	"string",
	"typing",
	"urllib.parse",
}
"""Standard modules that see nothing of the world: no clock, no chance, no file, no network."""


CLOCKS = ("now", "utcnow", "today", "fromtimestamp")


SIDE_EFFECTS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "globals"}


def test_rules_import_only_rules_and_standard_modules_that_see_nothing_of_the_world():
	problems = []
	for path in python_files("rules"):
		for node, name in imports(path):
			module = name.rpartition(".")[0] if isinstance(node, ast.ImportFrom) else name
			if not (is_of_app(name) and layer_of(file_of(name)) == "rules") and module not in BLIND_MODULES:
				problems.append(f"{at(path, node)} imports {name}")
	assert not problems, report(problems)


REMEMBER = {"functools.cache", "functools.lru_cache", "functools.cached_property"}


CHANGE = {
	"append",
	"add",
	"update",
	"setdefault",
	"pop",
	"popitem",
	"clear",
	"extend",
	"insert",
	"remove",
	"discard",
}


OF_DOCUMENTS = {"db_set", "db_get", "run_method", "save", "submit", "cancel", "reload", "flags"}
OF_DOCUMENTS |= {"check_permission", "has_permission", "add_comment", "get_doc_before_save"}


def impure(path):
	"""(node, what) of whatever in a rule sees the world, changes it or remembers."""
	own = {
		name.id
		for node in tree(path).body
		if isinstance(node, ast.Assign | ast.AnnAssign)
		for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
		for name in ast.walk(target)
		if isinstance(name, ast.Name)
	}
	for node in walk(path, ast.Attribute, ast.Name, ast.Global, ast.Nonlocal, ast.Subscript, ast.Call):
		what = seen_or_changed(node) or kept(node, own)
		if what:
			yield node, what
	yield from ((node, f"remembers: {name}") for node, name in imports(path) if name in REMEMBER)


def seen_or_changed(node) -> str | None:
	if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
		return f"reads a clock: .{node.attr}"
	if isinstance(node, ast.Attribute) and node.attr in OF_DOCUMENTS:
		return f"works on a document: .{node.attr}; take the figures of it"
	if isinstance(node, ast.Name) and node.id in SIDE_EFFECTS:
		return f"uses {node.id}"
	if isinstance(node, ast.Call) and dotted(node.func) in ("getattr", "setattr"):
		return None if isinstance(node.args[1], ast.Name | ast.Constant) else "puts a name together"
	return None


def kept(node, own) -> str | None:
	if isinstance(node, ast.Global | ast.Nonlocal):
		return "keeps state between calls"
	is_written = isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load)
	if is_written or (isinstance(node, ast.Attribute) and node.attr in CHANGE):
		return f"keeps something in {dotted(node.value)} between calls" if dotted(node.value) in own else None
	return None


def test_rules_read_no_clock_and_do_nothing_but_compute():
	problems = [f"{at(path, node)} {what}" for path in python_files("rules") for node, what in impure(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"seen = {}\ndef f(a): seen[a] = 1",
		"seen = []\ndef f(a): seen.append(a)",
		"from functools import cache\n@cache\ndef f(a): return a",
		"def f(): return getattr(datetime, 'n' + 'ow')()",
		"def f(doc): doc.db_set('status', 'Closed')",
		"def f(doc): doc.run_method('validate')",
		"def f(): return datetime.now()",
	],
)
def test_the_check_for_pure_rules_sees_one_that_is_not(source):
	assert list(impure(shown(source, "order/rules/x.py")))


def test_facts_and_plans_of_the_rules_are_frozen_and_slotted():
	problems = []
	for path in python_files("rules"):
		for node in walk(path, ast.ClassDef):
			if any(dotted(base) == "Exception" for base in node.bases):
				continue
			wanted = {
				keyword.arg
				for decorator in node.decorator_list
				if isinstance(decorator, ast.Call) and dotted(decorator.func) == "dataclass"
				for keyword in decorator.keywords
				if isinstance(keyword.value, ast.Constant) and keyword.value.value is True
			}
			if not {"frozen", "slots"} <= wanted:
				problems.append(f"{at(path, node)} class {node.name} is no frozen, slotted dataclass")
	assert not problems, report(problems)


def test_rules_say_the_types_of_all_they_take_and_return():
	problems = []
	for path in python_files("rules"):
		for function in functions(path):
			named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
			untyped = [arg.arg for arg in named if not arg.annotation and arg.arg != "self"]
			if untyped or not (function.returns or function.name.startswith("__")):
				problems.append(f"{at(path, function)} {function.name}: {untyped or 'no return type'}")
	assert not problems, report(problems)
