"""From the variables to a bench: what there is, what must be installed, who runs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import benches
import distribution
import machine
import owner
import sources
import wants
from settings import Settings
from sources import Source
from terminal import CommandFailed, Unavailable, say


@dataclass(frozen=True)
class Access:
	"""A bench of the user's (`bench_dir`) or sources of a private one; `note` explains a second choice."""

	bench_dir: Path | None
	sources: tuple[Source, ...]
	note: str = ""

	def describe(self) -> str:
		if self.bench_dir:
			return f"the bench in {self.bench_dir}"
		named = (
			f"{each.app} {each.ref} ({(each.commit or '?')[:8]}) from {each.repo}" for each in self.sources
		)
		return ", ".join(named) + self.note


def find(configured: Settings) -> Access:
	"""Where the bench comes from; nothing is installed or written to find it out.

	Raises: Unavailable with a one-line reason, well within 20 seconds.
	"""
	if configured["BENCH_DIR"]:
		folder = Path(configured["BENCH_DIR"]).resolve()
		if not (folder / "apps" / "frappe").is_dir():
			raise Unavailable(f"BENCH_DIR={folder} is no bench this account can read (no apps/frappe)")
		return Access(folder, ())
	asked = sources.wanted(configured)
	try:
		return Access(None, sources.resolve(asked))
	except Unavailable as reason:
		account = owner.find(configured)
		made = benches.find_made(account.cache, asked) if account else None
		if made is None:
			raise
		return Access(None, made, f"; as made before, since {reason}")


def call(configured: Settings, access: Access, action: str, *, with_browser: bool = True, **request) -> dict:
	"""Provide packages and the owner's account, then have the owner do the action on the bench.

	Raises: Unavailable when this machine cannot have a bench, CommandFailed when making or using it failed.
	"""
	cache = owner.caller_cache(configured)
	log = cache / "logs" / "packages.log"
	machine.provide(machine.GIT, log)
	found = access.sources
	if any(source.commit is None for source in found):
		found = sources.resolve(found)
	wanted = wants.of_source(found[0], cache) if found else wants.of_bench(access.bench_dir)
	if found or not distribution.runs_here(access.bench_dir):
		distribution.begin_again_where_it_suits(configured, wanted)
	machine.provide(machine.BENCH_NEEDS, log)
	if with_browser and not machine.find_browser(configured["CHROMIUM"]):
		_provide_browser(log)
	account = owner.find_or_make(configured)
	request.update(sources=sources.as_json(found), node=wanted.node)
	answer = owner.call(account, action, configured, **request)
	if "unavailable" in answer:
		raise Unavailable(answer["unavailable"])
	if "error" in answer:
		raise CommandFailed(answer["error"])
	return answer


def _provide_browser(log: Path) -> None:
	"""Try to have a browser; without one its suite says so, and the others still run."""
	try:
		machine.provide((machine.BROWSER_NEED,), log)
	except Unavailable as reason:
		say(f"   {str(reason).splitlines()[0]}")
