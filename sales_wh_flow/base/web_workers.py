"""How many requests the web server serves at once."""

import os
import shlex
import sys
from functools import cache

import frappe
from frappe.utils import cint

_USUAL = 8
"""A development server takes as many as come."""


def count() -> int:
	"""Processes times threads of the gunicorn this runs in, else of the bench's configuration."""
	workers, threads = _of_gunicorn(tuple(sys.argv))
	return workers * threads or cint(frappe.conf.get("gunicorn_workers")) or _USUAL


def threads() -> int:
	"""How many of them this process serves; a thread that waits keeps those back that come to its process."""
	return _of_gunicorn(tuple(sys.argv))[1] or _USUAL


@cache
def _of_gunicorn(arguments: tuple[str, ...]) -> tuple[int, int]:
	"""(processes, threads of each); zeros where it is none."""
	if "gunicorn" not in arguments[0]:
		return 0, 0
	arguments = (*shlex.split(os.environ.get("GUNICORN_CMD_ARGS", "")), *arguments)
	workers = _number(arguments, "-w", "--workers") or cint(os.environ.get("WEB_CONCURRENCY")) or 1
	return workers, _number(arguments, "--threads") or 1


def _number(arguments: tuple[str, ...], *names: str) -> int:
	"""The last ``--name 2`` or ``--name=2``; 0 for none."""
	found = 0
	for at, argument in enumerate(arguments):
		name, _sign, value = argument.partition("=")
		if name in names:
			found = cint(value or (arguments[at + 1] if at + 1 < len(arguments) else 0)) or found
	return found
