"""Conditions that admins write into approval rules: asked through Frappe's safe evaluation, never trusted.

One that fails holds the order: an order must not pass because a rule is broken.
"""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate

from sales_wh_flow.approval import condition_bounds as bounds
from sales_wh_flow.approval.rules.criteria import OWN_CONDITION
from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts
from sales_wh_flow.approval.rules.measure_prices import discount

_DECIMALS = {"Float", "Currency", "Percent"}
_FUNCTIONS = {"sum": sum, "min": min, "max": max, "any": any, "all": all, "len": len, "abs": abs}


_MOST_SECONDS = 1.0
"""How long one condition may take; it is asked while the order's form waits."""


class NoAnswer(frappe.ValidationError):
	"""The condition failed, or yields neither true nor false."""


def answers(doc, order: OrderFacts, rules: Iterable[ApprovalRuleFacts]) -> tuple[tuple[str, bool | str], ...]:
	"""(rule, what its condition says of the order, or why it failed)."""
	names = _names(doc, order)
	return tuple(
		(rule.name, _answer(rule.condition, names)) for rule in rules if rule.criterion == OWN_CONDITION
	)


def try_condition(condition: str) -> None:
	"""Try the condition on an order in which everything is empty and every date is today.

	Raises: NoAnswer saying what is wrong, in words.
	"""
	row = frappe.new_doc("Sales Order Item")
	doc = frappe.new_doc("Sales Order")
	doc.items = [row]
	for it in (doc, row):
		it.update({df.fieldname: getdate() for df in it.meta.get("fields", {"fieldtype": "Date"})})
	answer_condition(condition, _names(doc, OrderFacts("", "", "", "", asked_on=getdate())))


def answer_condition(condition: str, names: dict) -> bool:
	"""Raises: NoAnswer"""
	try:
		# Also as globals: a comprehension has a scope of its own and sees no locals.
		written = (condition or "").strip()
		bounds.check_bounds(written)
		with bounds.within(_MOST_SECONDS):
			found = frappe.safe_eval(written, dict(names))
	except Exception as error:
		raise NoAnswer(f"{type(error).__name__}: {error}") from error
	if not isinstance(found, bool):
		raise NoAnswer(
			_("it yields {0}, not true or false").format(frappe.utils.escape_html(repr(found)[:80]))
		)
	return found


def _answer(condition: str, names: dict) -> bool | str:
	try:
		return answer_condition(condition, names)
	except NoAnswer as problem:
		return str(problem)


def _names(doc, order: OrderFacts) -> dict:
	"""All that a condition can see: plain values, no documents."""
	return {
		**_FUNCTIONS,
		"doc": _View(doc),
		"lines": [_View(row) for row in doc.items],
		"total": order.total_base,
		"discount": discount.whole(order, order.lines, _ANY_RULE) or 0.0,
		"today": order.asked_on,
	}


class _View:
	"""The fields of a document or row, nothing else of it; what is empty is 0 or "", so that it compares."""

	__slots__ = ("_doc",)

	def __init__(self, doc):
		self._doc = doc

	def __getattr__(self, name: str):
		kinds = _kinds(self._doc.doctype)
		if name not in kinds:
			raise AttributeError(_("{0} has no field {1}").format(_(self._doc.doctype), name))
		value, kind = self._doc.get(name), kinds[name]
		if kind in ("Int", "Check"):
			return cint(value)
		if kind in _DECIMALS:
			return flt(value)
		if kind == "Date":
			return getdate(value) if value else None
		return "" if value is None else value


def _kinds(doctype: str) -> dict[str, str]:
	"""{field: its type} of what is stored; once per request."""
	cache = frappe.local.field_kinds = getattr(frappe.local, "field_kinds", {})
	if doctype not in cache:
		meta = frappe.get_meta(doctype)
		fields = {name: meta.get_field(name) for name in meta.get_valid_columns()}
		cache[doctype] = {name: df.fieldtype if df else "Data" for name, df in fields.items()}
	return cache[doctype]


_ANY_RULE = ApprovalRuleFacts("", OWN_CONDITION, 0.0, "")
