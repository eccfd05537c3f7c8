"""script/lint: checks style and format of the whole checkout with the pinned ruff."""

from __future__ import annotations

import subprocess

import machine
import owner
import settings
import toolbox
from terminal import heading, run_command

# The same version stands in .pre-commit-config.yaml.
RUFF = "ruff==0.17.6"


def main(arguments: list[str]) -> int:
	configured = settings.load()
	cache = owner.caller_cache(configured)
	log = cache / "logs" / "tools.log"
	machine.provide((machine.VENV,), log)
	python = toolbox.make_venv(cache / "lint", (RUFF,), log)
	failed = 0
	for command in (["check", *arguments], ["format", "--check", *arguments]):
		heading(f"ruff {' '.join(command)}")
		failed |= subprocess.run([str(python), "-m", "ruff", *command, "."], cwd=configured.clone).returncode
	return 1 if failed else 0


if __name__ == "__main__":
	run_command(main)
