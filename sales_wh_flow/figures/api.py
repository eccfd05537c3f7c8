"""The number cards and the map of the dashboard: of the reader's own company, and where their rows are."""

import frappe
from frappe.utils import nowdate

from sales_wh_flow.approval import voting_hours
from sales_wh_flow.base import border
from sales_wh_flow.base.answers import CardNumber
from sales_wh_flow.figures import measure, one_currency
from sales_wh_flow.figures import order_map as drawing
from sales_wh_flow.figures.answers import OrderMap
from sales_wh_flow.figures.rules import service
from sales_wh_flow.figures.rules.service import FIRST, LAST, REQUESTED, ServiceFigures
from sales_wh_flow.order.rules import stages
from sales_wh_flow.order_board import board

SHORTEST_HOURS = 0.01
"""What less than half a minute is shown as: a bare 0 would read as no votes at all."""
NOTHING_YET = "-"
"""Shown where a figure counts no order, or none that its reader may see."""


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(filters=border.anything)
def lines_filled(filters: str | dict | list | None = None) -> CardNumber | str:
	"""Lines that had left in full by the day first promised, of three months' orders; in per cent."""
	return _share("line_fill", lambda found: found.line_fill)


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(filters=border.anything)
def in_full_by_request(filters: str | dict | list | None = None) -> CardNumber | str:
	"""Orders of which all was there by the day asked for, in per cent."""
	return _share("on_requested", lambda found: found.on_time[REQUESTED])


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(filters=border.anything)
def in_full_by_first_promise(filters: str | dict | list | None = None) -> CardNumber | str:
	"""Orders of which all was there by the day promised first, in per cent."""
	return _share("on_first", lambda found: found.on_time[FIRST])


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(filters=border.anything)
def in_full_by_last_promise(filters: str | dict | list | None = None) -> CardNumber | str:
	"""Orders of which all was there by the day promised last, in per cent."""
	return _share("on_last", lambda found: found.on_time[LAST])


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(filters=border.anything)
def came_back(filters: str | dict | list | None = None) -> CardNumber | str:
	"""Orders of which something was refused or returned, of those of which anything has left, in per cent."""
	return _share("came_back", lambda found: found.came_back)


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(filters=border.anything)
def approval_hours(filters: str | dict | list | None = None) -> CardNumber | str:
	"""The working hours within which half of the votes were given, of what was asked in three months."""
	if not _may_count("Order Approval"):
		return NOTHING_YET
	hours = voting_hours.median_working_hours(_company(), measure.figures_since())
	if hours is not None:
		hours = max(hours, SHORTEST_HOURS)
	return _told(hours, ["query-report", "Approval History"], show="By Approver")


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(filters=border.anything)
def days_to_cash(filters: str | dict | list | None = None) -> CardNumber | str:
	"""The days, from the order to the last payment, of half of the orders paid in the last three months."""
	if not _may_count("Order Money"):
		return NOTHING_YET
	options: dict[str, str | list[str | int] | None] = {
		"state": "Paid",
		"paid_on": [">=", str(measure.figures_since())],
	}
	if company := _company():
		options["company"] = company
	days = frappe.get_list("Order Money", options, pluck="days_to_cash", limit_page_length=0)
	middle = service.middle(days)
	if middle is None:
		return NOTHING_YET
	return {
		"value": middle,
		"fieldtype": _shown_as(middle),
		"route": ["List", "Order Money"],
		"route_options": options,
	}


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(filters=border.anything)
def value_waiting(filters: str | dict | list | None = None) -> CardNumber | str:
	"""What the orders that wait for stock are worth, in the company's currency: the board's figure. Of all
	companies for who works in none, in the currency of the site.
	"""
	if not _may_count("Sales Order"):
		return NOTHING_YET
	company = _company()
	drawn = board.draw(company, None, [])
	(waiting,) = (one for one in drawn["columns"] if one["stage"] == stages.WAITING.name)
	if waiting["value"] is None:
		return NOTHING_YET
	currency, value = one_currency.sum_in_one(waiting["value"])
	if value is None:
		return NOTHING_YET
	return {
		"value": value,
		"fieldtype": "Currency",
		"options": currency or _currency_of(company),
		"route": ["List", "Sales Order"],
		"route_options": {
			"swf_stage": stages.WAITING.name,
			"docstatus": ["<", 2],
			**({"company": company} if company else {}),
		},
	}


def _currency_of(company: str | None) -> str | None:
	return frappe.get_cached_value("Company", company, "default_currency") if company else None


@frappe.whitelist(methods=["GET"])
@border.checked()
def order_map() -> OrderMap:
	"""Where the orders of three months went, of the reader's own company."""
	frappe.has_permission("Sales Order", "read", throw=True)
	return drawing.draw_map(_company())


def _share(counts: str, of) -> CardNumber | str:
	if not _may_count("Sales Order"):
		return NOTHING_YET
	since, company = measure.figures_since(), _company()
	found = measure.by_group("", company=company, from_date=since, to_date=nowdate())
	figures: ServiceFigures = service.figures(found.services.get("", ()))
	return _told(of(figures), ["query-report", "Order Figures"], show="Each Order", counts=counts)


def _may_count(doctype: str) -> bool:
	"""Frappe shows a System Manager every card, whatever he may read: such a card has no figure. Anybody else
	is refused.
	"""
	return bool(frappe.has_permission(doctype, "read", throw="System Manager" not in frappe.get_roles()))


def _told(value: float | None, route: list[str], **options: str) -> CardNumber | str:
	if value is None:
		return NOTHING_YET
	since, company = measure.figures_since(), _company()
	days = {"from_date": str(since), "to_date": nowdate()}
	given = {**options, **days, **({"company": company} if company else {})}
	return {"value": value, "fieldtype": _shown_as(value), "route": route, "route_options": given}


def _shown_as(value: float) -> str:
	"""As it stands, once Frappe has put the reader's decimal comma into it: of a Float with a comma Frappe
	leaves the decimals out, in a Percent it writes a point. A 0 it shows as a number alone.
	"""
	return "Code" if value else "Float"


def _company() -> str | None:
	"""Whose figures are shown: the company that the reader works in."""
	return frappe.defaults.get_user_default("Company")
