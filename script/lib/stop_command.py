"""script/stop: stops every service the other commands left running; safe to repeat."""

from __future__ import annotations

import owner
import settings
from terminal import run_command, say


def main(arguments: list[str]) -> int:
	configured = settings.load()
	account = owner.find(configured)
	stopped = 0
	if account and account.cache.is_dir():
		stopped = owner.call(account, "stop", configured)["stopped"]
	say(f"{stopped} processes stopped" if stopped else "nothing was running")
	return 0


if __name__ == "__main__":
	run_command(main)
