"""Orders whose stages lie in the past, for tests of the clock."""

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.order.store import stage_durations
from sales_wh_flow.stage_clock import learn
from tests.factories import company


def make_past(order, *stages, ends_days_ago: float = 0.0) -> None:
	"""Give a submitted order another past: (stage, days in it), of which the last lasts."""
	frappe.db.sql("delete from `tabOrder Stage Log` where sales_order = %s", order.name)
	at = add_to_date(now_datetime(), days=-ends_days_ago - sum(days for _stage, days in stages))
	for number, (stage, days) in enumerate(stages):
		left = None if number == len(stages) - 1 else add_to_date(at, days=days)
		name = frappe.generate_hash(length=10)
		frappe.db.sql(
			"""insert into `tabOrder Stage Log`
				(name, sales_order, company, stage, stage_owner, delay_of, entered_on, left_on)
			values (%s, %s, %s, %s, 'Warehouse', 'Us', %s, %s)""",
			(name, order.name, order.company, stage, at, left),
		)
		at = left
	frappe.db.set_value("Sales Order", order.name, "swf_stage_row", name, update_modified=False)


def learn_from(*orders, least: int = 1) -> None:
	"""The table of the company, made from what is on the site now."""
	frappe.db.set_single_value("Sales Flow Settings", "forecast_least_orders", least)
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	learn.learn_company(company().name)
	stage_durations.forget_durations()
