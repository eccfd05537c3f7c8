"""script/docs: makes a site of docs/ and says where it lies; every link and picture in it is there."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from pathlib import Path

import docs_pictures
import linters
import owner
import settings
from terminal import run_command, say

OFFERED = Path("sales_wh_flow") / "public" / "docs"


def main(arguments: list[str]) -> int:
	parser = argparse.ArgumentParser(prog="script/docs", description=__doc__)
	parser.add_argument(
		"--offer",
		action="store_true",
		help="lay it into the app, too: its bench serves it at /assets/sales_wh_flow/docs/",
	)
	parser.add_argument(
		"--pictures",
		metavar="FOLDER",
		type=Path,
		help="first take the pictures that a full run of the browser suite left there",
	)
	asked = parser.parse_args(arguments)
	configured = settings.load()
	if asked.pictures:
		missing = docs_pictures.lay(asked.pictures, configured.clone / "docs")
		say(f"left as they were, not in {asked.pictures}: {', '.join(missing) or 'none'}")
	programs = linters.Programs(owner.caller_cache(configured), configured.clone)
	shutil.rmtree(programs.site_of_docs, ignore_errors=True)
	docs = next(linter for linter in linters.LINTERS if linter.name == "docs")
	for words in docs.commands:
		if subprocess.run(programs.command(docs, words), cwd=configured.clone).returncode:
			return 1
	if asked.offer:
		offered = configured.clone / OFFERED
		shutil.rmtree(offered, ignore_errors=True)
		shutil.copytree(
			programs.site_of_docs, offered, ignore=shutil.ignore_patterns(".doctrees", ".buildinfo")
		)
		say(f"Offered by the bench, after `bench build`, from {offered}")
	say(f"Open {programs.site_of_docs / 'index.html'}")
	return 0


if __name__ == "__main__":
	run_command(main)
