"""script/benchmark [ARGUMENT ...]: benchmarks/run.py on a fresh site; writes benchmarks/latest.json."""

from __future__ import annotations

import bench_access
import settings
from local_suites import data_variables
from terminal import Unavailable, fail, heading, run_command, say


def main(arguments: list[str]) -> int:
	configured = settings.load()
	try:
		access = bench_access.find(configured)
	except Unavailable as reason:
		return fail(f"benchmarks need a bench, and none can be had: {reason}")
	heading(f"benchmarks on a real site: {access.describe()}")
	answer = bench_access.call(
		configured,
		access,
		"benchmark",
		with_browser=False,
		arguments=arguments,
		test_variables=data_variables(configured),
	)
	if answer["latest"] is not None:
		target = configured.clone / "benchmarks" / "latest.json"
		target.write_text(answer["latest"])
		say(f"written: {target}")
	return answer["status"]


if __name__ == "__main__":
	run_command(main)
