"""What is on, and what it did in the last seven days: each figure counts records that its reader may open."""

import frappe
from frappe import _
from frappe.utils import add_days, nowdate

from sales_wh_flow.base.settings import flow_settings, packing_gate
from sales_wh_flow.first_steps.answers import FigureRow, StateOfCompany, SwitchRow, WhatIsOn
from sales_wh_flow.first_steps.rules import evidence
from sales_wh_flow.first_steps.rules.evidence import CountedRecords

DAYS = 7
MOST = 1000
"""What is more is not counted: the list behind the figure shows it."""
SETTINGS = "Sales Flow Settings"
PACKING = "packing"


def show_switches() -> WhatIsOn:
	"""Every switch with its state and what it did in seven days. At most one statement for each figure."""
	since = str(add_days(nowdate(), -DAYS))
	rows = (_row(one, since) for one in evidence.SWITCHES)
	return {"since": since, "rows": [row for row in rows if row]}


def _row(switch: evidence.Switch, since: str) -> SwitchRow | None:
	"""None where the site has no such switch yet: an update was not migrated."""
	field = frappe.get_meta(SETTINGS).get_field(switch.fieldname)
	if not field:
		return None
	value = flow_settings().get(switch.fieldname) or "Off"
	state = ("On" if frappe.utils.cint(value) else "Off") if field.fieldtype == "Check" else value
	return {
		"switch": switch.fieldname,
		"label": _(field.label),
		"state": state,
		"companies": _companies() if switch.fieldname == PACKING else [],
		"docs": switch.docs,
		"figures": [figure for one in switch.evidence if (figure := _figure(one, since))],
	}


def _companies() -> list[StateOfCompany]:
	"""The gate of boxes is a company's own matter where it has a row in the settings."""
	if not frappe.has_permission("Company", "read"):
		return []
	own = {row.company: packing_gate(row.company) for row in flow_settings().get("packing_companies") or ()}
	seen = frappe.get_list("Company", {"name": ("in", [*own, ""])}, pluck="name", order_by="name")
	return [{"company": name, "state": own[name]} for name in seen]


def _figure(one: CountedRecords, since: str) -> FigureRow | None:
	"""None for who may not read what is counted."""
	if not frappe.has_permission(one.doctype, "read"):
		return None
	wanted = [*one.filters, *([(one.since, ">=", since)] if one.since else [])]
	filters = [[*_field(one.doctype, name), *condition] for name, *condition in wanted]
	found = frappe.get_list(one.doctype, filters, pluck="name", distinct=True, limit_page_length=MOST + 1)
	return {
		"count": min(len(found), MOST),
		"is_more": len(found) > MOST,
		"words": _words()[one.words],
		"doctype": one.doctype,
		"filters": {name: condition for name, *condition in wanted},
	}


def _field(doctype: str, name: str) -> tuple[str, str]:
	"""The DocType that a field belongs to, and the field: a table's is written with its DocType."""
	table, _dot, fieldname = name.rpartition(".")
	return (table or doctype, fieldname)


def _words() -> dict[str, str]:
	return {
		"asked": _("approvals asked"),
		"refused": _("refused"),
		"would_ask": _("would have been asked (shadow)"),
		"lock_events": _("lock events"),
		"routed": _("orders given their warehouse"),
		"pick_lists": _("pick lists"),
		"notes": _("notes sent"),
		"late": _("orders late now"),
		"returned": _("return cases"),
		"alerts": _("alerts"),
		"would_alert": _("would have been raised (shadow)"),
		"messages": _("messages"),
		"invoices": _("invoices"),
		"found": _("found by the gate"),
		"proofs": _("proofs of delivery"),
		"quotations": _("approvals of Quotations"),
		"links": _("links to the page"),
	}
