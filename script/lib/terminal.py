"""What the commands print, and how they run other programs with a log and a time limit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

BANNER_WIDTH = 78


class CommandFailed(Exception):
	"""A program ended badly; the text names it, its log and the last lines of that log."""


class Unavailable(Exception):
	"""A bench cannot be had on this machine now; the text is the reason in one line."""


def say(text: str = "") -> None:
	print(text, flush=True)


def heading(text: str) -> None:
	say(f"\n== {text}")


def banner(lines: list[str]) -> None:
	"""Print the lines between two bars nobody overlooks."""
	bar = "!" * BANNER_WIDTH
	say("\n" + "\n".join([bar, *(f"!! {line}" for line in lines), bar]))


@contextmanager
def step(text: str) -> Iterator[None]:
	"""Name a step when it starts and say how many seconds it took when it is done."""
	say(f"   {text} ...")
	started_s = time.monotonic()
	yield
	say(f"   {text}: done in {time.monotonic() - started_s:.1f} s")


def run_logged(
	command: list[str],
	log: Path,
	*,
	env: dict[str, str] | None = None,
	cwd: Path | str | None = None,
	timeout_s: float = 3600,
	own_session: bool = True,
) -> None:
	"""Run a program with its output in a log file, by default away from the terminal with all it starts.

	Raises: CommandFailed with the tail of the log when it ends badly or takes longer than the limit.
	"""
	log.parent.mkdir(parents=True, exist_ok=True)
	with log.open("a") as output:
		output.write(f"\n$ {' '.join(command)}\n")
		output.flush()
		start = output.tell()
		process = subprocess.Popen(
			command,
			stdin=subprocess.DEVNULL,
			stdout=output,
			stderr=subprocess.STDOUT,
			cwd=cwd,
			env=env,
			start_new_session=own_session,
		)
		try:
			process.wait(timeout_s)
		except subprocess.TimeoutExpired:
			_end(process, own_session)
			raise CommandFailed(
				_failure(command, f"took longer than {timeout_s:.0f} s", log, start)
			) from None
		except BaseException:
			_end(process, own_session)
			raise
	if process.returncode:
		raise CommandFailed(_failure(command, f"ended with status {process.returncode}", log, start))


def run_shown(command: list[str], *, env: dict[str, str], cwd: Path) -> int:
	"""Run a program whose output is meant to be seen, and return its status."""
	process = subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=cwd, env=env, start_new_session=True)
	try:
		return process.wait()
	except BaseException:
		end_group(process)
		raise


def _failure(command: list[str], what: str, log: Path, start: int) -> str:
	with log.open(errors="replace") as written:
		written.seek(start)
		tail = written.read().strip().splitlines()[-25:]
	name = " ".join(Path(command[0]).name if i == 0 else word for i, word in enumerate(command[:7]))
	return "\n".join([f"{name} {what} (log: {log})", *(f"      | {line}" for line in tail)])


def _end(process: subprocess.Popen, own_session: bool) -> None:
	if own_session:
		end_group(process)
	else:
		process.wait()


def end_group(process: subprocess.Popen) -> None:
	"""End a program started in a session of its own, with everything it started."""
	for signal_number, wait_s in ((15, 10), (9, 10)):
		try:
			os.killpg(process.pid, signal_number)
		except ProcessLookupError:
			return
		try:
			process.wait(wait_s)
			return
		except subprocess.TimeoutExpired:
			continue


def run_command(main: Callable[[list[str]], int]) -> NoReturn:
	"""Run a command to its exit status; what it could not do becomes one clear message."""
	signal.signal(signal.SIGTERM, _interrupt)
	try:
		status = main(sys.argv[1:])
	except (CommandFailed, Unavailable) as problem:
		status = fail(str(problem))
	except KeyboardInterrupt:
		status = fail("interrupted; nothing of this run goes on, and the next one starts clean", 130)
	sys.exit(status)


def fail(text: str, status: int = 1) -> int:
	print(f"error: {text}", file=sys.stderr, flush=True)
	return status


def _interrupt(number: int, frame: object) -> None:
	raise KeyboardInterrupt
