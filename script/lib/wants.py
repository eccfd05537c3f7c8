"""The Python and Node.js that a version of Frappe asks for, as its own files say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from settings import network_environment
from sources import GIT_CONFIG, Source
from terminal import Unavailable

FILES = ("pyproject.toml", "package.json")
ANSWER_WITHIN_S = 120


@dataclass(frozen=True)
class Wants:
	"""`python` as in requires-python, such as `>=3.14,<3.15`; `node` is the oldest major version."""

	python: str
	node: int

	def suits(self, version: tuple[int, int]) -> bool:
		"""Whether this Python is one of those asked for."""
		for sign, major, minor in re.findall(r"(>=|<=|==|~=|<|>)\s*(\d+)(?:\.(\d+))?", self.python):
			bound = (int(major), int(minor or 0))
			is_kept = {
				">=": version >= bound,
				"<=": version <= bound,
				"<": version < bound,
				">": version > bound,
				"==": version == bound,
				"~=": version >= bound and version[0] == bound[0],
			}[sign]
			if not is_kept:
				return False
		return True


def of_texts(pyproject: str, package: str) -> Wants:
	"""What these two files of Frappe ask for."""
	python = re.search(r"^requires-python\s*=\s*[\"'](.+?)[\"']", pyproject, re.MULTILINE)
	node = re.search(r"(\d+)", json.loads(package).get("engines", {}).get("node", ""))
	return Wants(python[1] if python else ">=3.10", int(node[1]) if node else 18)


def of_bench(root: Path) -> Wants:
	"""What the Frappe of a bench asks for."""
	return of_texts(*((root / "apps" / "frappe" / name).read_text() for name in FILES))


def of_source(frappe: Source, cache: Path) -> Wants:
	"""What a commit asks for; asked once, then remembered in this folder.

	Raises: Unavailable when the repository gives no answer.
	"""
	known = cache / "wants" / f"{frappe.commit}.json"
	if known.is_file():
		return Wants(**json.loads(known.read_text()))
	found = _ask(frappe)
	known.parent.mkdir(parents=True, exist_ok=True)
	known.write_text(json.dumps(asdict(found)))
	return found


def _ask(frappe: Source) -> Wants:
	if Path(frappe.repo).is_dir():
		return of_texts(
			*(_git(frappe, "-C", frappe.repo, "show", f"{frappe.commit}:{name}") for name in FILES)
		)
	folder = tempfile.mkdtemp()
	try:
		alone = ("clone", "--quiet", "--bare", "--depth=1", "--filter=blob:none", "--branch", frappe.ref)
		_git(frappe, *alone, frappe.repo, folder)
		return of_texts(*(_git(frappe, "-C", folder, "show", f"HEAD:{name}") for name in FILES))
	finally:
		shutil.rmtree(folder, ignore_errors=True)


def _git(frappe: Source, *arguments: str) -> str:
	env = {**os.environ, **network_environment(), "GIT_TERMINAL_PROMPT": "0"}
	env["GIT_CONFIG_GLOBAL"] = str(GIT_CONFIG)
	try:
		done = subprocess.run(
			["git", *arguments],
			stdin=subprocess.DEVNULL,
			capture_output=True,
			text=True,
			env=env,
			timeout=ANSWER_WITHIN_S,
		)
	except subprocess.TimeoutExpired:
		raise Unavailable(f"{frappe.repo} gave no answer within {ANSWER_WITHIN_S} s") from None
	if done.returncode:
		complaint = (done.stderr.strip().splitlines() or ["git failed"])[-1]
		raise Unavailable(f"what {frappe.describe()} needs cannot be read: {complaint}")
	return done.stdout
