"""Parcels on their way of which nobody has heard for too long: ask their courier, or send again."""

from frappe import _
from frappe.utils import now_datetime

from sales_wh_flow.couriers.silent import silent_parcels
from sales_wh_flow.couriers.story import link_of
from sales_wh_flow.sales_wh_flow.report.columns import column, fit_for_files
from sales_wh_flow.sales_wh_flow.report.filters import asked_for


def execute(filters=None):
	wanted = asked_for(filters)
	rows = silent_parcels(now_datetime(), wanted.company)
	seen = [row for row in rows if wanted.courier in (None, "", row.courier)]
	for row in seen:
		row.link = link_of(row.courier, row.tracking_no)
	columns = _columns()
	return columns, fit_for_files(columns, seen)


def _columns() -> list[dict]:
	return [
		column("box", _("Box"), "Link", "Order Box", 130),
		column("silent_days", _("Silent Days"), "Int", width=90),
		column("last_heard", _("Last Heard"), "Datetime", width=160),
		column("state", _("State"), "Data", width=120),
		column("courier", _("Courier"), "Link", "Courier", 130),
		column("tracking_no", _("Tracking Number"), "Data", width=160),
		column("customer", _("Customer"), "Link", "Customer", 160),
		column("warehouse", _("Warehouse"), "Link", "Warehouse", 150),
		column("expected_on", _("Expected On"), "Date", width=100),
		column("delivery_note", _("Delivery Note"), "Link", "Delivery Note", 150),
	]
