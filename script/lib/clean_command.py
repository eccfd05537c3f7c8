"""script/clean: stops everything and removes what the commands made outside the clone.

The distribution's packages stay, and so does an account that was there before.
"""

from __future__ import annotations

import os
import shutil

import owner
import settings
from owner import Owner
from settings import Settings
from terminal import CommandFailed, run_command, run_logged, say


def main(arguments: list[str]) -> int:
	configured = settings.load()
	account = owner.find(configured)
	if account and account.cache.is_dir():
		answer = owner.call(account, "clean", configured)
		if "error" in answer:
			raise CommandFailed(answer["error"])
		say(f"{answer['stopped']} processes stopped, {account.cache} emptied")
	if account and os.getuid() == 0 and owner.was_made_by_us(account):
		_remove_account(configured, account)
	own = owner.caller_cache(configured)
	shutil.rmtree(own, ignore_errors=True)
	for folder in (own, *([account.cache] if account else [])):
		_remove_if_empty(folder)
	(configured.clone / "test-summary.json").unlink(missing_ok=True)
	say("clean")
	return 0


def _remove_account(configured: Settings, account: Owner) -> None:
	log = owner.caller_cache(configured) / "logs" / "account.log"
	run_logged(["userdel", account.name], log)
	# userdel --remove would refuse a home it thinks is not the account's own; this one was made here.
	shutil.rmtree(account.home, ignore_errors=True)
	say(f"account {account.name} and its folder {account.home} removed")


def _remove_if_empty(folder) -> None:
	"""Remove the folder and the one above it, as long as nothing of anybody else lies there."""
	for each in (folder, folder.parent):
		try:
			each.rmdir()
		except OSError:
			return


if __name__ == "__main__":
	run_command(main)
