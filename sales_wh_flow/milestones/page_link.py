"""Signed links to the page on which a customer sees one order: they end, and can be withdrawn."""

import time
from urllib.parse import quote

import frappe
from frappe.utils import add_to_date, cint, get_datetime, get_url, now_datetime

from sales_wh_flow.base import settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.site_secret import key_for
from sales_wh_flow.milestones.rules.page_token import PageToken, page_token, read_page_token
from sales_wh_flow.milestones.store import page_links

PAGE = "order_tracking"


def link_for_customer(order: str) -> str:
	"""The address of the order's page; the link that is there, while it works for half its time yet."""
	days = max(1, cint(settings.flow_settings().customer_page_days))
	known = page_links.working_link(order, add_to_date(now_datetime(), days=days / 2))
	if known:
		name, expires_on = known
	else:
		expires_on = add_to_date(now_datetime(), days=days)
		name = page_links.write_link(order, expires_on)
	# Seconds count on this machine's clock; the row says the same in the site's time.
	left_s = (get_datetime(expires_on) - now_datetime()).total_seconds()
	token = page_token(PageToken(name, int(time.time() + left_s)), _key())
	return get_url(f"/{PAGE}?token={quote(token)}")


def order_behind(token: str) -> str:
	"""The order that a token shows. Raises: RuleViolation for one that is forged, over or withdrawn."""
	order = page_links.order_of_link(_name_in(token))
	if not order or not frappe.db.exists("Sales Order", order):
		raise RuleViolation("page_link_is_over")
	return order


def name_of_ours(token: str) -> str | None:
	"""The link that a token names, whether it works or not; None where we have not signed it, or long ago."""
	try:
		return _name_in(token)
	except RuleViolation as not_ours:
		frappe.logger("sales_wh_flow").debug("customer's page: %s", not_ours.code)
		return None


def _name_in(token: str) -> str:
	try:
		return read_page_token(token, _key(), time.time()).link
	except (ValueError, TypeError) as error:
		raise RuleViolation("page_link_is_not_ours") from error


def _key() -> bytes:
	"""A key of its own from the site's secret: a signature for something else is worth nothing here."""
	return key_for("customer page")
