"""What a customer announces to send back, on the page of the order."""

from collections import Counter

import frappe

from sales_wh_flow.base import in_words, settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.milestones import customer_page, page_link, words
from sales_wh_flow.returns import announce


def order_of_customer(token: str | None, order: str | None) -> str:
	"""The order that a token shows, or that the logged-in customer names and that is his.

	Raises: RuleViolation for any other, as for one that is not there.
	"""
	if not settings.flow_settings().get("customer_page"):
		raise frappe.DoesNotExistError
	if token:
		return page_link.order_behind(token)
	if order and frappe.db.exists("Sales Order", order):
		if customer_page.is_order_of_user(frappe.get_doc("Sales Order", order), frappe.session.user):
			return order
	raise RuleViolation("page_link_is_not_ours")


def announce_for(order: str, asked: list, reason: str | None, customer_says: str | None) -> str:
	"""See ``returns.announce``."""
	return announce.announce(order, asked, reason, customer_says)


def on_page(order: str) -> dict | None:
	"""What the page offers to send back, and what was announced: {"lines", "reasons", "cases"}; None where
	there is neither, or nothing may be announced.
	"""
	if not announce.may_be_announced():
		return None
	lines = announce.lines_to_announce(order)
	often = Counter(it["item_name"] for it in lines)
	lines = [
		{**it, "most": in_words.figure(it["left"]), "is_of": it["note"] if often[it["item_name"]] > 1 else ""}
		for it in lines
	]
	cases = [
		{"name": name, "told": words.case_for_customer(state)} for name, state in announce.cases_shown(order)
	]
	return {"lines": lines, "reasons": announce.reasons_shown(), "cases": cases} if lines or cases else None
