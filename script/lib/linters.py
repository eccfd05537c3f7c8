"""What script/lint can check with: each linter with its pinned version, and what it looks at."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import locks
import machine
import toolbox
from settings import network_environment
from terminal import CommandFailed, Unavailable, run_logged

CONTRACTS = ("pytest==9.0.3", "hypothesis==6.155.2")
"""What the tests of the layout run with, in a folder of its own."""
PYTHON_PACKAGES = ("ruff==0.17.6", "mypy==2.4.1", "codespell==2.4.3")
DOCS = ("sphinx==8.1.3", "myst-parser==4.0.1", "furo==2025.12.19")
"""What makes a site of docs/."""
JAVASCRIPT = ("sales_wh_flow", "demo")
OLDEST_NODE = (20, 19)
"""What ESLint needs; script/js/package.json says it in full."""

BROKEN_MERGE = ("<<<<<<< ", ">>>>>>> ")


@dataclass(frozen=True)
class Linter:
	"""``commands``: how its programs are called on the whole checkout, and how to let them mend it."""

	name: str
	looks_at: str
	program: str
	commands: tuple[tuple[str, ...], ...]
	mending: tuple[tuple[str, ...], ...] = ()


LINTERS = (
	Linter(
		"ruff",
		"style and format of Python",
		"python",
		(("ruff", "check", "."), ("ruff", "format", "--check", ".")),
		(("ruff", "check", "--fix", "."), ("ruff", "format", ".")),
	),
	Linter(
		"mypy",
		"types, the shape of every answer, and that what the commands beside the app call is there",
		"python",
		(("mypy",), ("mypy", "--config-file", "script/mypy.ini")),
	),
	Linter(
		"contracts",
		"promises of layout and names",
		"pytest",
		(("pytest", "tests", "-q", "-m", "contracts", "-p", "no:cacheprovider"),),
	),
	Linter(
		"docs",
		"the site of docs/, its links and pictures",
		"sphinx",
		(("sphinx", "-q", "-W", "--keep-going", "-E", "-b", "html", "docs"),),
	),
	Linter("codespell", "words that are often misspelt", "python", (("codespell_lib", "."),)),
	Linter(
		"eslint",
		"mistakes in JavaScript",
		"node",
		(("eslint/bin/eslint.js", *JAVASCRIPT),),
		(("eslint/bin/eslint.js", "--fix", *JAVASCRIPT),),
	),
	Linter(
		"prettier",
		"format of JavaScript",
		"node",
		(
			(
				"prettier/bin/prettier.cjs",
				"--log-level",
				"warn",
				"--check",
				*(f"{folder}/**/*.js" for folder in JAVASCRIPT),
			),
		),
		(
			(
				"prettier/bin/prettier.cjs",
				"--log-level",
				"warn",
				"--write",
				*(f"{folder}/**/*.js" for folder in JAVASCRIPT),
			),
		),
	),
)
NAMES = (*(linter.name for linter in LINTERS), "files")


class Programs:
	"""The linters' own folder in the caller's cache; what can't be had says why."""

	def __init__(self, cache: Path, clone: Path):
		self._cache, self._clone = cache, clone
		self._log = cache / "logs" / "tools.log"
		self._found: dict[str, Callable[[tuple[str, ...]], list[str]] | str] = {}

	def command(self, linter: Linter, words: tuple[str, ...]) -> list[str]:
		"""Raises: Unavailable, why this linter can't be had here."""
		if linter.program not in self._found:
			try:
				self._found[linter.program] = self._program(linter.program)
			except (CommandFailed, Unavailable) as problem:
				self._found[linter.program] = str(problem).splitlines()[0]
		found = self._found[linter.program]
		if isinstance(found, str):
			raise Unavailable(found)
		return found(words)

	def _program(self, name: str) -> Callable[[tuple[str, ...]], list[str]]:
		if name == "node":
			return self._node()
		packages = {"python": PYTHON_PACKAGES, "pytest": CONTRACTS, "sphinx": DOCS}[name]
		machine.provide((machine.VENV,), self._log)
		python = toolbox.make_venv(self._cache / f"linters-{name}", packages, self._log)
		made = [str(self.site_of_docs)] if name == "sphinx" else []
		return lambda words: [str(python), "-m", *words, *made]

	@property
	def site_of_docs(self) -> Path:
		"""Where the site of docs/ is made."""
		return self._cache / "docs"

	def _node(self) -> Callable[[tuple[str, ...]], list[str]]:
		node = machine.find_program("node")
		version = _version_of(node) if node else None
		if not (node and version and version >= OLDEST_NODE):
			raise Unavailable(f"Node.js {'.'.join(map(str, OLDEST_NODE))} or newer is not on the path")
		modules = self._modules()
		return lambda words: [node, str(modules / words[0]), *words[1:]]

	def _modules(self) -> Path:
		"""The packages of script/js in the cache; installed anew when not whole or out of date."""
		folder, listed = self._cache / "linters-js", self._clone / "script" / "js"
		mark, wanted = folder / "complete", (listed / "package-lock.json").read_text()
		with locks.hold(folder.with_name(f"{folder.name}.lock"), f"the making of {folder.name}"):
			if not (mark.is_file() and mark.read_text() == wanted):
				self._install(listed, folder)
				mark.write_text(wanted)
		return folder / "node_modules"

	def _install(self, listed: Path, folder: Path) -> None:
		npm = machine.find_program("npm")
		if not npm:
			raise Unavailable("npm is not on the path")
		shutil.rmtree(folder, ignore_errors=True)
		shutil.copytree(listed, folder)
		install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
		env = {**os.environ, **network_environment()}
		run_logged(install, self._log, env=env, cwd=folder, timeout_s=120)


def _version_of(node: str) -> tuple[int, int] | None:
	answer = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
	major, _point, rest = answer.removeprefix("v").partition(".")
	minor = rest.partition(".")[0]
	return (int(major), int(minor)) if major.isdigit() and minor.isdigit() else None


def bad_files(clone: Path) -> Iterator[str]:
	"""What is wrong with files that no linter reads: broken merges, JSON that is none, ragged ends."""
	listed = subprocess.run(["git", "ls-files", "-z"], cwd=clone, capture_output=True, text=True)
	names = [name for name in listed.stdout.split("\0") if name]
	for name in names or (str(it.relative_to(clone)) for it in clone.rglob("*.*") if it.is_file()):
		path = clone / name
		try:
			text = path.read_text() if path.is_file() else ""
		except UnicodeDecodeError:
			continue
		if text:
			yield from (f"{name}: {problem}" for problem in _problems(path, text))


def _problems(path: Path, text: str) -> Iterator[str]:
	for number, line in enumerate(text.split("\n"), 1):
		if line.startswith(BROKEN_MERGE):
			yield f"line {number} is left of a merge"
		if path.suffix not in (".md", ".csv", ".svg") and line != line.rstrip():
			yield f"line {number} ends with blanks"
	if path.suffix == ".json":
		try:
			json.loads(text)
		except ValueError as problem:
			yield f"is no JSON: {problem}"
	if not text.endswith("\n") and path.suffix not in (".json", ".svg", ".txt", ".csv"):
		yield "its last line has no end"
