"""Text that people type: no markup, no control characters, no formula, and not endless."""

import re

from sales_wh_flow.base.problems import RuleViolation

LONGEST = 1000
"""Characters of one reason or comment."""
LONGEST_LINE = 140
"""Characters that a Data column holds where its field says nothing else."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_HALF_SIGN = re.compile("[\ud800-\udfff]")
"""Half of a sign of two, which JSON can send and no database takes."""
_OPENS_A_TAG = re.compile(r"<(?![\s\d=.,])")
_INSTEAD = "\u2039"
_CODED = '{"said":'
"""How a text begins that the flow stored as a code with values; see ``base.said``."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*\s?%?")


def clean_typed(text: str, longest: int = LONGEST) -> str:
	"""What somebody typed, fit to be kept: whoever renders it as HTML shows text, and a spreadsheet too.

	Raises: RuleViolation when it is too long.
	"""
	cleaned = without_formula(without_markup(without_code(_CONTROL.sub("", text).strip())))
	if len(cleaned) > longest:
		raise RuleViolation("text_too_long", length=len(cleaned), longest=longest)
	return cleaned


def is_torn(text: str) -> bool:
	"""Whether half a sign stands in it, so that nobody can store or look for it."""
	return bool(_HALF_SIGN.search(text))


def without_markup(text: str) -> str:
	"""The text in which no ``<`` can open a tag: it becomes a quotation mark that looks like it, except
	before a space or a number.

	Escaping would be undone or doubled by one reader or the other; this reads the same everywhere.
	"""
	return _OPENS_A_TAG.sub(_INSTEAD, text)


def is_coded(text: object) -> bool:
	"""Whether a stored text is a code with values, see ``base.said``, and nothing that somebody typed."""
	return isinstance(text, str) and text.startswith(_CODED)


def without_code(text: str) -> str:
	"""What somebody typed is never taken for a code."""
	return text.replace("{", "{ ", 1) if is_coded(text) else text


def without_formula(text: str) -> str:
	"""The text as a spreadsheet takes it for text: an apostrophe before what would be calculated."""
	return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
