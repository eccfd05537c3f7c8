"""What users read when the flow refuses: what, where, how much, and what to do next."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NoReturn, overload

import frappe
from frappe import _
from frappe.utils import format_date, format_datetime

from sales_wh_flow.base import in_words, named, own_hooks, said
from sales_wh_flow.base.problems import RuleViolation


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception), of what anything may refuse."""
	invalid = frappe.ValidationError
	return {
		"text_too_long": (
			_("This text has {length} characters; {longest} are the most. Shorten it and try again."),
			_("Too Long"),
			invalid,
		),
		"changed_meanwhile": (
			_(
				"{who} saved {doctype} {name} at {at}, after this form was opened. What you typed is still "
				"in the form: keep a copy of it, reload the form and type it again."
			),
			_("Saved Elsewhere Meanwhile"),
			frappe.TimestampMismatchError,
		),
		"no_such_quantity": (
			_("Row #{idx}: {value} can be no quantity. Enter a number of at most {most} in {field}."),
			_("Quantity"),
			invalid,
		),
		"not_a_draft": (
			_("Sales Order {order} is {status}; approvals are asked and given on drafts only."),
			_("Not a Draft"),
			invalid,
		),
	}


def _texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""The words of all capabilities, which hooks.py names: code -> (text, title, exception)."""
	found: dict[str, tuple[str, str, type[Exception]]] = {}
	for texts_of_one in own_hooks.hooked("swf_refusals"):
		found.update(texts_of_one())
	return found


def text_of(violation: RuleViolation) -> str:
	"""The violation in words of the reader, who is told of no document that is not theirs to see."""
	return text_of_code(violation.code, violation.data)


def text_of_code(code: str, facts: Mapping[str, object]) -> str:
	"""As ``text_of``, of a violation that was kept. Raises: KeyError for a code that has gone."""
	text = _texts()[code][0]
	data = named.shown_to_reader(facts)
	if "doctype" in data:
		data["doctype"] = _(str(data["doctype"]))
	return text.format(**{key: _shown(value) for key, value in data.items()})


@overload
def refuse(violations: RuleViolation) -> NoReturn: ...


@overload
def refuse(violations: Iterable[RuleViolation]) -> None: ...


def refuse(violations: RuleViolation | Iterable[RuleViolation]) -> None:
	"""Raise all problems at once; do nothing when there are none."""
	found = [violations] if isinstance(violations, RuleViolation) else list(violations)
	if not found:
		return
	_text, title, exception = _texts()[found[0].code]
	try:
		frappe.throw("<br>".join(text_of(violation) for violation in found), title=title, exc=exception)
	except exception as refused:
		refused.violations = tuple(found)  # for who keeps it: see base.told
		raise


def refuse_in_words(told: str, title: str, exc: type[Exception] = frappe.ValidationError) -> None:
	"""Raise what ``words/`` put together of several rows, escaped there; what fits a code is ``refuse``d."""
	frappe.throw(told, exc, title)


def require_reason(text: str | None, otherwise: RuleViolation) -> said.Kept:
	"""What somebody typed to say why. Raises: what refuses ``otherwise``, where it is empty."""
	why = said.typed(text)
	if not why:
		refuse(otherwise)
	return why


def _shown(value) -> str:
	if isinstance(value, int):
		return str(value)
	if isinstance(value, float):
		value = in_words.figure(value)
	elif isinstance(value, datetime):
		value = format_datetime(value)
	elif isinstance(value, date):
		value = format_date(value)
	elif isinstance(value, list | tuple):
		value = ", ".join(str(part) for part in value)
	return frappe.bold(frappe.utils.escape_html(str(value)))
