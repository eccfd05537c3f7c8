"""Catalogues of translated texts (PO files), read without the library that only a bench has."""

import re
from pathlib import Path

from tests.contracts.app_source import APP

LOCALE = APP / "locale"
TEMPLATE = LOCALE / "main.pot"
PLACEHOLDER = re.compile(r"\{\w*\}")
TAG = re.compile(r"</?\w[^>]*>")

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")

_LINE = re.compile(r'(?:(msgctxt|msgid|msgstr)\s+)?"(.*)"')
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


def languages() -> list[str]:
	return sorted(path.stem for path in LOCALE.glob("*.po"))


def read(path: Path) -> dict[tuple[str, str], str]:
	"""{(context, text): translation}. Raises: ValueError where it is no catalogue, or has a text twice."""
	found: dict[tuple[str, str], str] = {}
	for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
		said = _said(block, path.name)
		key = (said.get("msgctxt", ""), said.get("msgid", ""))
		if key in found:
			raise ValueError(f"{path.name} has {key[1]!r} twice")
		if key[1]:
			found[key] = said["msgstr"]
	return found


def _said(block: str, name: str) -> dict[str, str]:
	said: dict[str, str] = {}
	part = ""
	for line in block.splitlines():
		if line.startswith("#"):
			if line.startswith("#~"):
				raise ValueError(f"{name} keeps a text that is gone: {line}")
			if line.startswith("#,") and "fuzzy" in line:
				raise ValueError(f"{name} has a guess, which Frappe would show: {block}")
			continue
		match = _LINE.fullmatch(line.strip())
		if not match:
			raise ValueError(f"{name} can't be read: {line}")
		part = match[1] or part
		said[part] = said.get(part, "") + re.sub(r"\\(.)", lambda it: _ESCAPED.get(it[1], it[1]), match[2])
	return said


def faults(text: str, translation: str) -> list[str]:
	"""What of a translation would reach people broken, or not at all."""
	if not translation.strip():
		return ["is empty"]
	return [
		f"has other {name} than the text"
		for name, pattern in (("placeholders", PLACEHOLDER), ("tags", TAG))
		if sorted(pattern.findall(text)) != sorted(pattern.findall(translation))
	]


def is_turned_around(translation: str) -> bool:
	"""Whether a date or code put into it may be drawn from its end: 12-05-2026 becomes 2026-05-12."""
	held = re.sub(r"\u2068\{\w*\}\u2069", "", translation)
	runs_left = re.search(r"[\u0590-\u08ff]", translation)
	return bool(runs_left and re.search(r"\{\w+\}", held))


def says_something(text: str) -> bool:
	"""False for what is the same in every language: numbers, times, placeholders alone."""
	return bool(re.search(r"[^\W\d_]{2}", PLACEHOLDER.sub("", text)))
