"""script/lint: checks the whole checkout with the pinned linters that can be had; says which can't."""

from __future__ import annotations

import argparse
import subprocess
import time

import linters
import owner
import settings
from terminal import Unavailable, banner, heading, run_command, say


def main(arguments: list[str]) -> int:
	parser = argparse.ArgumentParser(prog="script/lint", description=__doc__)
	parser.add_argument("only", nargs="*", metavar="LINTER", help=f"of {', '.join(linters.NAMES)}; all")
	parser.add_argument("--fix", action="store_true", help="let those mend it that can")
	parser.add_argument("--all", action="store_true", help="fail when one of them can't be had")
	asked = parser.parse_args(arguments)
	if unknown := set(asked.only) - set(linters.NAMES):
		parser.error(f"unknown: {', '.join(sorted(unknown))}")
	configured = settings.load()
	programs = linters.Programs(owner.caller_cache(configured), configured.clone)
	failed, skipped, started_s = [], [], time.monotonic()
	for linter in linters.LINTERS:
		if asked.only and linter.name not in asked.only:
			continue
		heading(f"{linter.name}: {linter.looks_at}")
		for words in (linter.mending if asked.fix else ()) or linter.commands:
			try:
				command = programs.command(linter, words)
			except Unavailable as why:
				say(f"   SKIPPED: {why}")
				skipped.append(f"SKIPPED: {linter.name}: {why}")
				break
			if subprocess.run(command, cwd=configured.clone).returncode and linter.name not in failed:
				failed.append(linter.name)
	if not asked.only or "files" in asked.only:
		heading("files: JSON, ends of lines, merges")
		problems = list(linters.bad_files(configured.clone))
		say("\n".join(problems) or "All is well.")
		failed += ["files"] if problems else []
	if skipped:
		banner(skipped)
	say(f"\n{'failed: ' + ', '.join(failed) if failed else 'passed'}, {time.monotonic() - started_s:.0f} s")
	return 1 if failed or (skipped and asked.all) else 0


if __name__ == "__main__":
	run_command(main)
