"""What an error said, kept for others to read: refusals of the flow as codes, for each in his own words."""

import re
from html import unescape

from sales_wh_flow.base import said, sayings
from sales_wh_flow.base.plain_text import LONGEST_LINE, clean_typed
from sales_wh_flow.base.problems import RuleViolation

_LINE_ENDS = re.compile(r"<br\s*/?>|</(?:p|li|div)>", re.I)
_TAG = re.compile(r"</?[a-z][^>]*>", re.I)
_OWN = {"words", "code", "said"}
"""What ``said.keep`` and a code call something of their own."""

_MOST_REASONS = 10
"""That are kept: each takes some 250 bytes of a text that has to fit into its column."""


def told_by(problem: Exception, most: int = 0) -> str:
	"""What an error says: the flow's refusals, else the first line, or ``most`` characters of all lines; its
	kind where it says nothing.
	"""
	violations = getattr(problem, "violations", ())[:_MOST_REASONS]
	if violations and all(_can_be_kept(it) for it in violations):
		kept = [said.keep(sayings.refused, code=it.code, **it.data) for it in violations]
		return kept[0] if len(kept) == 1 else said.keep(sayings.refused_for_several_reasons, reasons=kept)
	text = unescape(_TAG.sub("", _LINE_ENDS.sub("\n", str(problem))))
	lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
	said_so = " ".join(lines if most else lines[:1]) or type(problem).__name__
	return clean_typed(said_so[: most or LONGEST_LINE])


def _can_be_kept(violation: RuleViolation) -> bool:
	"""Days and names of several kinds of documents are other things once they are text."""
	return not _OWN & violation.data.keys() and all(map(_is_plain, violation.data.values()))


def _is_plain(value: object) -> bool:
	if isinstance(value, list | tuple):
		return all(isinstance(it, str) for it in value)
	return value is None or isinstance(value, str | int | float)
