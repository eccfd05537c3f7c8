"""Styles name the start and the end of a line, not left and right: they hold whichever way it is written."""

import re
from pathlib import Path

from tests.contracts.app_source import APP, MODULE

_SIDES = re.compile(r"(?:padding|margin|border)-(?:left|right)\b|text-align:\s*(?:left|right)\b")
_FOUR = re.compile(r"\b(?:padding|margin|border-radius):(?:\s+[^\s;()]+){4};")


def test_no_style_names_left_or_right():
	"""Builds turn those around for languages that run the other way, and were seen to do so for all."""
	found = [
		f"{path.name}:{number} {line.strip()}"
		for path in _with_styles()
		for number, line in enumerate(path.read_text().splitlines(), 1)
		if _SIDES.search(line) or _sides_differ(line)
	]
	assert not found


def _with_styles() -> list[Path]:
	"""Styles lie in the bundle, in pages of the desk, which no build turns around, and in what is printed."""
	bundle = (APP / "public" / "scss").glob("*.scss")
	return sorted([*bundle, *(MODULE / "page").rglob("*.js"), *(MODULE / "print_format").rglob("*.html")])


def _sides_differ(line: str) -> bool:
	"""Whether four lengths in a row say something else for the right than for the left."""
	for found in _FOUR.findall(line):
		_top, right, _bottom, left = found.split(":")[1].strip(" ;").split()
		if right != left:
			return True
	return False
