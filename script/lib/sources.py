"""Where Frappe and ERPNext come from, found out before anything is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

from settings import Settings, network_environment
from terminal import Unavailable, end_group

# Both repositories are asked at once, so this is also the limit of the whole question.
ANSWER_WITHIN_S = 10
# The account's own git settings, plus leave to read a local repository that belongs to another account.
GIT_CONFIG = Path(__file__).resolve().with_name("gitconfig")


@dataclass(frozen=True)
class Source:
	"""One repository at one ref; `commit` is None when it could not be told without git."""

	app: str
	repo: str
	ref: str
	commit: str | None = None

	def describe(self) -> str:
		return f"{self.app} {self.ref} ({(self.commit or '?')[:8]}) from {self.repo}"


def wanted(settings: Settings) -> tuple[Source, Source]:
	"""Frappe and ERPNext as the variables name them, not yet asked for."""
	return (
		Source("frappe", settings["FRAPPE_REPO"], settings["FRAPPE_REF"]),
		Source("erpnext", settings["ERPNEXT_REPO"], settings["ERPNEXT_REF"]),
	)


def resolve(sources: tuple[Source, ...]) -> tuple[Source, ...]:
	"""The same sources with the commit each ref stands for now.

	Raises: Unavailable with one line within ANSWER_WITHIN_S seconds.
	"""
	answers: list = [None] * len(sources)

	def ask(index: int) -> None:
		try:
			answers[index] = _ask(sources[index])
		except Exception as problem:
			answers[index] = problem

	threads = [threading.Thread(target=ask, args=(index,), daemon=True) for index in range(len(sources))]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join(ANSWER_WITHIN_S)
	for source, answer in zip(sources, answers, strict=True):
		if answer is None:
			raise Unavailable(f"{source.repo} gave no answer within {ANSWER_WITHIN_S} s")
		if isinstance(answer, Exception):
			raise Unavailable(f"{source.app} cannot be had from {source.repo} ({source.ref}): {answer}")
	return tuple(answers)


def as_json(sources: tuple[Source, ...]) -> list[dict]:
	return [asdict(source) for source in sources]


def from_json(rows: list[dict]) -> tuple[Source, ...]:
	return tuple(Source(**row) for row in rows)


def _ask(source: Source) -> Source:
	is_local = "://" not in source.repo and "@" not in source.repo.partition("/")[0]
	if is_local and not Path(source.repo).is_dir():
		raise ValueError("no such folder")
	if shutil.which("git"):
		refs = _refs_by_git(source)
	elif is_local:
		return source
	else:
		refs = _refs_by_http(source.repo)
	for name in (f"refs/heads/{source.ref}", f"refs/tags/{source.ref}^{{}}", f"refs/tags/{source.ref}"):
		if name in refs:
			return Source(source.app, source.repo, source.ref, refs[name])
	raise ValueError("no such branch or tag")


def _refs_by_git(source: Source) -> dict[str, str]:
	env = {**os.environ, **network_environment(), "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true"}
	env["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes -o ConnectTimeout=5"
	env["GIT_CONFIG_GLOBAL"] = str(GIT_CONFIG)
	git = subprocess.Popen(
		["git", "ls-remote", source.repo, source.ref, f"{source.ref}^{{}}"],
		stdin=subprocess.DEVNULL,
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
		text=True,
		env=env,
		start_new_session=True,
	)
	try:
		answer, complaint = git.communicate(timeout=ANSWER_WITHIN_S - 2)
	except subprocess.TimeoutExpired:
		# Git's own helper for the network would outlive it.
		end_group(git)
		raise ValueError(f"no answer within {ANSWER_WITHIN_S - 2} s") from None
	if git.returncode:
		raise ValueError((complaint.strip().splitlines() or ["git ls-remote failed"])[-1])
	return {name: commit for commit, name in (line.split("\t") for line in answer.splitlines())}


def _refs_by_http(repo: str) -> dict[str, str]:
	"""Refs by git's own protocol over HTTP, for a machine that has no git yet."""
	address = f"{repo.rstrip('/')}/info/refs?service=git-upload-pack"
	with urllib.request.urlopen(address, timeout=ANSWER_WITHIN_S - 1) as reply:
		body = reply.read()
	refs, position = {}, 0
	while position + 4 <= len(body):
		length = int(body[position : position + 4], 16)
		line = body[position + 4 : position + length].split(b"\0")[0].decode().strip()
		position += max(length, 4)
		commit, _, name = line.partition(" ")
		if name.startswith("refs/"):
			refs[name] = commit
	return refs
