"""Whether a bench still has what the app borrows from inside Frappe and ERPNext (``base.loans``).

What each loan looked like on the versions that were tested stands in borrowed_versions.json; a contract test
names what differs, and script/lib/record_borrowed.py adds a version. Plain Python that reads sources and
imports nothing of them, so that a name that is gone breaks nothing here.
"""

import ast
import hashlib
import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sales_wh_flow.base.loans import LOANS, Loan

APPS = ("frappe", "erpnext")
GONE, OTHER_ARGUMENTS, OTHER_CODE = "gone", "other arguments", "other code"
RECORD = Path(__file__).with_name("borrowed_versions.json")

RUN_DOC_METHOD = "/method/run_doc_method"
"""The route of Frappe's API 2 for a method of a document that is sent along."""


@dataclass(frozen=True, slots=True)
class Looks:
	"""``signature``: the arguments; ``source``: a hash of the code, whatever its comments and layout."""

	signature: str
	source: str


def look_at_borrowed(name: str, folders: Mapping[str, Path]) -> Looks | None:
	"""What a borrowed name looks like below the folders of the packages, None when it is not there."""
	first, *rest = name.split(".")
	path = folders.get(first)
	while path and rest and (path / rest[0]).is_dir():
		path, rest = path / rest[0], rest[1:]
	if not (path and rest):
		return None
	module = path / f"{rest[0]}.py"
	wanted = rest[1:]
	if not module.is_file():
		module, wanted = path / "__init__.py", rest
	found: ast.AST | None = _parsed(module)
	for part in wanted:
		found = _inside(found, part)
	return _looks(found) if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef) else None


def _inside(node: ast.AST | None, name: str) -> ast.AST | None:
	body = getattr(node, "body", ())
	return next((child for child in body if getattr(child, "name", None) == name), None)


def _looks(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Looks:
	body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
	return Looks(ast.unparse(function.args), hashlib.sha256(_as_text(body).encode()).hexdigest()[:16])


def _as_text(part: object) -> str:
	"""A part of a syntax tree in words that every Python writes alike.

	``ast.unparse`` and ``ast.dump`` do not: quotes and brackets, and what is empty, differ from one to the
	next, and a site may run on any of those that its Frappe allows.
	"""
	if isinstance(part, ast.JoinedStr):  # some cut its text at a doubled brace, others do not
		return f"JoinedStr({''.join(map(_as_piece, part.values))})"
	if isinstance(part, ast.AST):
		fields = [(name, value) for name, value in ast.iter_fields(part) if value not in (None, [])]
		return f"{type(part).__name__}({','.join(f'{name}={_as_text(value)}' for name, value in fields)})"
	return f"[{','.join(map(_as_text, part))}]" if isinstance(part, list) else ascii(part)


def _as_piece(part: ast.expr) -> str:
	"""A piece of the text of an f-string, without quotes of its own; or what is filled in."""
	is_text = isinstance(part, ast.Constant) and isinstance(part.value, str)
	return part.value.encode("unicode_escape").decode() if is_text else _as_text(part)


_PARSED: dict[Path, ast.Module | None] = {}


def _parsed(path: Path) -> ast.Module | None:
	if path not in _PARSED:
		_PARSED[path] = ast.parse(path.read_text()) if path.is_file() else None
	return _PARSED[path]


def look_at_all(folders: Mapping[str, Path], app: str) -> dict[str, Looks | None]:
	"""{name: how it looks now} of all that is borrowed of an app; None for what is not there."""
	return {loan.name: look_at_borrowed(loan.name, folders) for loan in LOANS if loan.app == app}


def recorded() -> dict[str, dict[str, dict[str, Looks | None]]]:
	"""{"frappe" or "erpnext": {version: {name: its looks, None where that version has no such name}}}."""
	kept = json.loads(RECORD.read_text())
	return {
		app: {
			version: {name: Looks(*looks) if looks else None for name, looks in names.items()}
			for version, names in versions.items()
		}
		for app, versions in kept.items()
	}


def differences(app: str, version: str, folders: Mapping[str, Path]) -> list[tuple[Loan, str]]:
	"""What of an app is not as it was recorded: GONE, OTHER_ARGUMENTS or OTHER_CODE.

	Compared with the record of its version, else with the nearest recorded one before it.
	"""
	now, known = look_at_all(folders, app), recorded()[app]
	then = known[_nearest(version, known)]
	loans = {loan.name: loan for loan in LOANS}
	found = ((loans[name], _difference(then.get(name), looks)) for name, looks in now.items())
	return [(loan, what) for loan, what in found if what]


def is_newer_than_recorded(app: str, version: str) -> bool:
	"""Whether a version is newer than the newest of its major version that the suites were run on."""
	found = _numbers(version)
	tried = [each for each in map(_numbers, recorded()[app]) if each[0] == found[0]]
	return not tried or found[:2] > max(tried)[:2]


def versions_recorded(app: str) -> tuple[str, ...]:
	"""The versions of an app on which the suites were run, the oldest first."""
	return tuple(sorted(recorded()[app], key=_numbers))


def _nearest(version: str, known: Mapping[str, object]) -> str:
	before = [each for each in known if _numbers(each) <= _numbers(version)]
	return max(before, key=_numbers) if before else min(known, key=_numbers)


def _numbers(version: str) -> tuple[int, ...]:
	return tuple(int(part) for part in version.split("-")[0].split(".")[:3] if part.isdigit())


def _difference(then: Looks | None, now: Looks | None) -> str | None:
	if now is None:
		return GONE if then else None
	if then is None or then.signature != now.signature:
		return OTHER_ARGUMENTS
	return OTHER_CODE if then.source != now.source else None


def module(name: str):
	"""A module that Frappe may not have any more, or None."""
	try:
		return importlib.import_module(name)  # noqa: TID251 - what Frappe may not have any more
	except ImportError:
		return None


def functions(owner, *names: str) -> tuple[Callable, ...]:
	"""Those of the named functions that a module still has; none of no module."""
	return tuple(getattr(owner, name) for name in names if hasattr(owner, name))


def endpoint(version, route: str) -> Callable | None:
	"""What Frappe's router calls for a route of a version of its API, None when there is no such route."""
	rules = getattr(version, "url_rules", ())
	return next((rule.endpoint for rule in rules if rule.rule == route), None)
