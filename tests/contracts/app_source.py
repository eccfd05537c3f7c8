"""The app's source as text and syntax trees, for tests of its layout that must not import frappe."""

import ast
import io
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "sales_wh_flow"
MODULE = APP / "sales_wh_flow"
"""The Frappe module: what Frappe loads by name."""


CAPABILITIES = {
	"base": 0,
	"scanning": 1,
	"order": 1,
	"stock_lock": 2,
	"approval": 3,
	"routing": 3,
	"order_changes": 4,
	"shortage": 5,
	"dispatch": 5,
	"reroute": 6,
	"picking": 7,
	"packing": 8,
	"stage_clock": 8,
	"couriers": 9,
	"claims": 10,
	"delivery": 10,
	"returns": 11,
	"collection": 11,
	"door_money": 11,
	"delays": 12,
	"milestones": 12,
	"billing": 12,
	"audit": 13,
	"order_board": 13,
	"figures": 14,
	"first_steps": 14,
}
"""The floor of each capability: it imports those on the floors below and nothing else of the app."""

LAYERS_OF_BASE = {
	"alongside": "store",
	"answers": "answers",
	"background": "verbs",
	"bin_key": "rules",
	"borrowed": "verbs",
	"bulk": "store",
	"control_fields": "verbs",
	"discarded": "verbs",
	"gate_findings": "store",
	"import_logs": "store",
	"lock_waits": "store",
	"mail_queue": "store",
	"native_checks": "verbs",
	"notify": "verbs",
	"once": "store",
	"owed_work": "store",
	"plain_text": "rules",
	"problems": "rules",
	"quantities": "rules",
	"read_once": "store",
	"records": "store",
	"retry": "store",
	"hold_rows": "store",
	"said": "store",
	"sharing": "verbs",
	"there": "store",
	"trees": "store",
	"turns": "verbs",
	"users": "store",
	"working_time": "rules",
}
"""What the modules of ``base`` promise; those that are not named promise nothing but their floor."""

ENTRANCES = {"answers", "api", "jobs", "permissions", "refusals", "words"}

WORDED_WHEN_READ = {"sayings", "timeline"}
"""What makes words of the codes that are stored, see ``base.said``."""


@cache
def python_files(*layers: str) -> tuple[Path, ...]:
	"""Python files of these layers or folders of the app, or all of it."""
	if layers:
		return tuple(path for path in python_files() if layer_of(path) in layers)
	return tuple(sorted(APP.rglob("*.py")))


@cache
def capability_of(path: Path) -> str:
	"""The capability that a file belongs to, or the folder or module right below the app."""
	return path.relative_to(APP).parts[0].removesuffix(".py")


@cache
def layer_of(path: Path) -> str:
	"""What a file is to its capability: rules, store, verbs, api, jobs, permissions, refusals or words;
	outside of them the folder or module right below the app that it belongs to.
	"""
	first, *inner = path.relative_to(APP).with_suffix("").parts
	if first not in CAPABILITIES:
		return first
	if first == "base":
		return "words" if inner[-1] == "sayings" else LAYERS_OF_BASE.get(inner[-1], "base")
	for layer in ("rules", "store", "words"):
		if layer in inner[:-1]:
			return layer
	if inner[-1] in WORDED_WHEN_READ:
		return "words"
	return inner[-1] if inner[-1] in ENTRANCES else "verbs"


@cache
def file_of(name: str) -> Path | None:
	"""The file of the module that an imported name is, or that it lies in."""
	return module_file(name) or module_file(name.rpartition(".")[0])


_SHOWN: dict[Path, str] = {}


def shown(source: str, place: str = "order/shown.py") -> Path:
	"""A file that the app has not, for a contract to prove on it that it sees what it is for."""
	path = APP / place
	path = path.parent / f"shown_{len(_SHOWN)}" / path.name
	_SHOWN[path] = source
	return path


@cache
def text(path: Path) -> str:
	return _SHOWN[path] if path in _SHOWN else path.read_text()


@cache
def tree(path: Path) -> ast.Module:
	return ast.parse(text(path), filename=str(path))


def walk(path: Path, *kinds: type[ast.AST]) -> tuple[ast.AST, ...]:
	"""The nodes of a file in the order of ``ast.walk``, or only those of these very kinds, kind by kind."""
	found = _nodes(path)
	return tuple(node for kind in kinds or (ast.AST,) for node in found.get(kind, ()))


@cache
def _nodes(path: Path) -> dict[type[ast.AST], list[ast.AST]]:
	"""{kind: nodes}; all of them under ``ast.AST``. Each contract looks at a few kinds of all files."""
	everything: list[ast.AST] = [tree(path)]
	kinds = {ast.AST: everything}
	for node in everything:  # which grows meanwhile
		kinds.setdefault(type(node), []).append(node)
		for field in node._fields:
			value = getattr(node, field, None)
			if isinstance(value, ast.AST):
				everything.append(value)
			elif isinstance(value, list):
				everything.extend(one for one in value if isinstance(one, ast.AST))
	return kinds


def at(path: Path, node: ast.AST | int) -> str:
	"""Where something stands, as editors open it: path:line."""
	line = node if isinstance(node, int) else node.lineno
	return f"{path.relative_to(ROOT)}:{line}"


def dotted(node: ast.AST) -> str:
	"""``frappe.db.sql`` for the attribute that reads so; empty for anything that is no chain of names."""
	if isinstance(node, ast.Name):
		return node.id
	if isinstance(node, ast.Attribute):
		before = dotted(node.value)
		return f"{before}.{node.attr}" if before else ""
	return ""


def meant(path: Path, node: ast.AST) -> str:
	"""What ``dotted`` says, by the name that it has outside of this file: ``frappe.db.sql`` also for
	``from frappe import db as d`` or ``d = frappe.local.db`` and ``d.sql``.
	"""
	return _outside(dotted(node), stands_for(path))


def _outside(name: str, known: dict[str, str]) -> str:
	first, dot, rest = name.partition(".")
	return f"{known.get(first, first)}{dot}{rest}".replace("frappe.local.db", "frappe.db")


@cache
def stands_for(path: Path) -> dict[str, str]:
	"""{name in the file: its name outside}: what is imported, and what such a name is given another for."""
	known = {}
	for node, name in imports(path):
		for alias in node.names:
			if isinstance(node, ast.Import):
				known[alias.asname or alias.name.split(".")[0]] = (
					alias.name if alias.asname else alias.name.split(".")[0]
				)
			elif alias.name == name.rpartition(".")[2]:
				known[alias.asname or alias.name] = name
	for node in walk(path, ast.Assign):
		target, value = node.targets[0], dotted(node.value)
		if isinstance(target, ast.Name) and "." in value and value.split(".")[0] in known:
			known.setdefault(target.id, _outside(value, known))
	return known


@cache
def imports(path: Path) -> tuple[tuple[ast.AST, str], ...]:
	"""Every module that a file imports, by its absolute name. ``from a import b`` gives ``a.b``."""
	return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
	package = [APP.name, *path.relative_to(APP).parts[:-1]]
	for node in walk(path, ast.Import, ast.ImportFrom):
		if isinstance(node, ast.Import):
			for alias in node.names:
				yield node, alias.name
		elif isinstance(node, ast.ImportFrom):
			above = package[: len(package) - node.level + 1] if node.level else []
			origin = ".".join([*above, *(node.module.split(".") if node.module else [])])
			for alias in node.names:
				yield node, f"{origin}.{alias.name}"


@cache
def functions(path: Path) -> tuple[ast.FunctionDef, ...]:
	return walk(path, ast.FunctionDef, ast.AsyncFunctionDef)


def whitelisting(function: ast.FunctionDef) -> ast.AST | None:
	"""The decorator that opens a function to the web, or None."""
	for decorator in function.decorator_list:
		target = decorator.func if isinstance(decorator, ast.Call) else decorator
		if dotted(target).split(".")[-1] == "whitelist":
			return decorator
	return None


@cache
def commented_lines(path: Path) -> frozenset[int]:
	"""Numbers of the lines that carry a comment."""
	tokens = tokenize.generate_tokens(io.StringIO(text(path)).readline)
	return frozenset(token.start[0] for token in tokens if token.type == tokenize.COMMENT)


def is_explained(path: Path, node: ast.AST) -> bool:
	"""Whether a comment stands on the node's lines or on the line above."""
	return any(line in commented_lines(path) for line in range(node.lineno - 1, node.end_lineno + 1))


@cache
def top_level_names(path: Path) -> frozenset[str]:
	"""What a module defines: functions, classes, constants, and what it imports."""
	names = set()
	for node in tree(path).body:
		if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
			names.add(node.name)
		elif isinstance(node, ast.Assign | ast.AnnAssign):
			targets = node.targets if isinstance(node, ast.Assign) else [node.target]
			names.update(
				name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)
			)
	for node in walk(path, ast.Import, ast.ImportFrom):
		names.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
	return frozenset(names)


@cache
def module_file(name: str) -> Path | None:
	"""The file of a module of the app given by its dotted name, or None when there is none."""
	place = ROOT.joinpath(*name.split("."))
	for path in (place.with_suffix(".py"), place / "__init__.py"):
		if path.is_file():
			return path
	return None


@cache
def resolves(name: str) -> bool:
	"""Whether a dotted path is a module of the app, or a name that one of its modules defines."""
	if module_file(name):
		return True
	module, _dot, attribute = name.rpartition(".")
	path = module_file(module) if module else None
	return path is not None and attribute in top_level_names(path)
