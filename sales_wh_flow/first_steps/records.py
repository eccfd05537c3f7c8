"""The records a set-up makes: as they would be saved, and found again."""

import frappe
from frappe import _

from sales_wh_flow.approval.rules import criteria
from sales_wh_flow.base import in_words
from sales_wh_flow.first_steps.answers import MadeRecord, NewRecord
from sales_wh_flow.first_steps.rules import templates
from sales_wh_flow.first_steps.store import past_orders

APPROVER = "Order Approver"


def drafted(template: templates.Template, company: str, figure: float | None) -> list:
	"""Unsaved documents of what the set-up makes."""
	return [
		frappe.get_doc({"from_template": template.key, **values})
		for values in _VALUES[template.key](company, figure)
	]


def _approval_rule(company: str, title: str, criterion: str, **values) -> list[dict]:
	return [
		{
			"doctype": "Order Approval Rule",
			"title": title,
			"criterion": criterion,
			"company": company,
			"enabled": 1,
			"approvers": [{"level": 1, "kind": "Role", "role": APPROVER}],
			**values,
		}
	]


def _credit(company: str, figure: float | None) -> list[dict]:
	title = _("Credit above {0} % of the limit, {1}").format(in_words.figure(figure), company)
	return _approval_rule(
		company, title, criteria.CREDIT_EXPOSURE, measure="Percent of Limit", threshold=figure
	)


def _discount(company: str, figure: float | None) -> list[dict]:
	title = _("Discount above {0} %, {1}").format(in_words.figure(figure), company)
	return _approval_rule(company, title, criteria.DISCOUNT, measure="Line or Whole Order", threshold=figure)


def title_of_nearest(company: str) -> str:
	"""What the rule of the set-up *Nearest warehouse* is called."""
	return _("Nearest warehouse, {0}").format(company)


def _nearest(company: str, _figure: float | None) -> list[dict]:
	return [
		{
			"doctype": "Warehouse Routing Rule",
			"title": title_of_nearest(company),
			"enabled": 1,
			"company": company,
			"strategy": "Nearest",
			"max_splits": 3,
			"max_warehouses": 2,
			"min_part": 10,
			"ship_complete": "What Is There",
			"candidates": [{"warehouse": name, "rank": 1} for name in _tops(company)],
		}
	]


def _couriers(_company: str, _figure: float | None) -> list[dict]:
	names = past_orders.transporters() or [_("Own Delivery")]
	there = set(frappe.get_all("Courier", {"name": ("in", names)}, pluck="name"))
	return [
		{"doctype": "Courier", "courier_name": name, "enabled": 1, "adapter": "Manual"}
		for name in names
		if name not in there
	]


_VALUES = {
	templates.CREDIT: _credit,
	templates.DISCOUNT: _discount,
	templates.NEAREST: _nearest,
	templates.LOCK: lambda _company, _figure: [],
	templates.COURIERS: _couriers,
}


def selling_warehouses(company: str) -> list[str]:
	"""Leaves that may sell, by name."""
	filters = {"company": company, "is_group": 0, "disabled": 0, "swf_is_sellable": 1}
	return frappe.get_list("Warehouse", filters, pluck="name", order_by="name", limit_page_length=0)


_KINDS = {
	templates.CREDIT: {"criterion": criteria.CREDIT_EXPOSURE},
	templates.DISCOUNT: {"criterion": criteria.DISCOUNT},
}


def others_of_its_kind(template: templates.Template, company: str) -> list[NewRecord]:
	"""Enabled records for the company that the set-up has not made and that do the same, by name."""
	if not template.makes:
		return []
	filters = {"enabled": 1, "from_template": ("!=", template.key), **_KINDS.get(template.key, {})}
	if template.makes != "Courier":
		filters["company"] = ("in", (company, ""))
	found = frappe.get_list(template.makes, filters, pluck="name", order_by="name", limit_page_length=0)
	return [{"doctype": template.makes, "name": name} for name in found]


def figure_in_use(template: templates.Template, company: str) -> float | None:
	"""Of the record that the set-up has made, without one as proposed; None where it takes none."""
	if template.figure is None:
		return None
	filters = {"from_template": template.key, "company": company}
	found = frappe.get_list(
		template.makes, filters, pluck="threshold", order_by="enabled desc, name", limit_page_length=1
	)
	return found[0] if found else template.figure


def _tops(company: str) -> list[str]:
	"""The topmost warehouses under which all that sell stand, by name: one that is added below them takes
	part by itself.
	"""
	fields = ["name", "is_group", "lft", "rgt", "swf_is_sellable"]
	there = frappe.get_list(
		"Warehouse", {"company": company, "disabled": 0}, fields, order_by="lft", limit_page_length=0
	)
	leaves = [one for one in there if not one.is_group and one.swf_is_sellable]
	tops: list = []
	for one in there:
		is_below = tops and one.rgt <= tops[-1].rgt
		if not is_below and any(one.lft <= leaf.lft and leaf.rgt <= one.rgt for leaf in leaves):
			tops.append(one)
	return sorted(one.name for one in tops)


def made_by(template: templates.Template, company: str) -> list[MadeRecord]:
	"""What the set-up has made for a company and is still there: [{"doctype", "name", "enabled"}]."""
	if not template.makes:
		return []
	filters = {"from_template": template.key}
	if template.makes != "Courier":
		filters["company"] = company
	found = frappe.get_list(
		template.makes, filters, ["name", "enabled"], order_by="name", limit_page_length=0
	)
	return [{"doctype": template.makes, "name": row.name, "enabled": row.enabled} for row in found]
