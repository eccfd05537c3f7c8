"""A site of the oldest version with a month of orders, kept for the suite `upgrade` of a later one.

Run by script/test with the variables of that version: on a Python of its own, where it wants another one.
"""

from __future__ import annotations

import bench_access
import settings
from terminal import Unavailable, fail, heading, run_command


def main(arguments: list[str]) -> int:
	configured = settings.load()
	try:
		access = bench_access.find(configured)
		heading(f"a month of orders on the oldest version: {access.describe()}")
		bench_access.call(configured, access, "grow", with_browser=False)
	except Unavailable as reason:
		return fail(f"no site of an older version: {reason}")
	return 0


if __name__ == "__main__":
	run_command(main)
