"""script/soak [--rounds N] [--days N] [--faults N] [--seed N] [--fresh]: races, random days and faults for as
long as you like, on a site of its own. An interrupted soak goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import random

import bench_access
import settings
import soak
from terminal import Unavailable, fail, heading, run_command, say


def main(arguments: list[str]) -> int:
	parser = argparse.ArgumentParser(prog="script/soak", description=__doc__)
	parser.add_argument("--rounds", type=int, default=1000, help="how often each race is run (1000)")
	parser.add_argument("--days", type=int, help="how many random days are tried (as many as rounds)")
	parser.add_argument("--faults", type=int, default=200, help="how often each fault is tried (200)")
	parser.add_argument("--seed", type=int, help="repeats what is random in the tests themselves")
	parser.add_argument("--fresh", action="store_true", help="forget an interrupted soak, start anew")
	given = parser.parse_args(arguments)
	wanted = {
		"concurrency": given.rounds,
		"stateful": given.rounds if given.days is None else given.days,
		"faults": given.faults,
	}
	configured = settings.load()
	try:
		access = bench_access.find(configured)
	except Unavailable as reason:
		return fail(f"a soak needs a bench, and none can be had: {reason}")
	heading(f"soak on a real site: {access.describe()}")
	report = bench_access.call(
		configured,
		access,
		"soak",
		with_browser=False,
		rounds=wanted,
		seed=given.seed,
		chosen_seed=random.randrange(10**6),
		is_fresh=given.fresh,
	)
	(configured.clone / "soak-report.json").write_text(json.dumps(report, indent="\t") + "\n")
	text = soak.in_words(report)
	(configured.clone / "soak-report.txt").write_text(text + "\n")
	say(text)
	say(f"written: {configured.clone / 'soak-report.json'} and .txt")
	return 1 if soak.has_failed(report) else 0


if __name__ == "__main__":
	run_command(main)
