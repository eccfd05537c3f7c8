"""script/benchmark [ARGUMENT ...]: benchmarks/run.py on a fresh site; writes benchmarks/latest.json."""

from __future__ import annotations

import sys

import bench_access
import settings
from terminal import CommandFailed, Unavailable, fail, heading, say
from test_command import test_variables


def main(arguments: list[str]) -> int:
	configured = settings.load()
	access = bench_access.find(configured)
	heading(f"benchmarks on a real site: {access.describe()}")
	answer = bench_access.call(
		configured,
		access,
		"benchmark",
		with_browser=False,
		arguments=arguments,
		test_variables=test_variables(configured),
	)
	if answer["latest"] is not None:
		target = configured.clone / "benchmarks" / "latest.json"
		target.write_text(answer["latest"])
		say(f"written: {target}")
	return answer["status"]


if __name__ == "__main__":
	try:
		sys.exit(main(sys.argv[1:]))
	except Unavailable as reason:
		sys.exit(fail(f"benchmarks need a bench, and none can be had: {reason}"))
	except CommandFailed as problem:
		sys.exit(fail(str(problem)))
	except KeyboardInterrupt:
		sys.exit(fail("interrupted; nothing of this run goes on", 130))
