"""What several contract tests read: hooks.py, the strings in it, and how they tell what they found."""

import runpy
from functools import cache

from tests.contracts.app_source import (
	APP,
)


def report(problems):
	"""All problems at once, one a line."""
	return "\n".join(["", *sorted(problems)])


# hooks.py


@cache
def hooks():
	"""The names of hooks.py; running it needs no frappe."""
	return {name: value for name, value in runpy.run_path(str(APP / "hooks.py")).items() if name[0] != "_"}


def strings_in(value):
	"""Every string in a value of hooks.py, keys included."""
	if isinstance(value, str):
		yield value
	elif isinstance(value, dict):
		for key, inner in value.items():
			yield from strings_in(key)
			yield from strings_in(inner)
	elif isinstance(value, list | tuple | set):
		for inner in value:
			yield from strings_in(inner)
