"""What the gate of a step does with what it found: Off, Shadow, Warn or Block, as the settings say."""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, text_of
from sales_wh_flow.base.settings import BLOCK, WARN


def stop_or_warn(mode: str, violations: Iterable[RuleViolation], **shown: object) -> None:
	"""Block refuses, Warn says it, all else passes. ``shown``: how msgprint shows the warning.

	Raises: what the first violation names, with the words of all of them.
	"""
	found = list(violations)
	if mode == BLOCK:
		refuse(found)
	if mode == WARN:
		frappe.msgprint("<br>".join(text_of(it) for it in found), indicator="orange", **shown)
