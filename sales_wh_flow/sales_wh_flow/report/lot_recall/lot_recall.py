"""Recall of a batch or of serial numbers: which customers got them, in which boxes, and where the rest is."""

import frappe
from frappe import _

from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.returns import recall
from sales_wh_flow.sales_wh_flow.report.columns import column, fit_for_files
from sales_wh_flow.sales_wh_flow.report.filters import asked_for


def execute(filters=None):
	wanted = asked_for(filters)
	batch, serials = (wanted.batch_no or "").strip(), each_serial(wanted.serial_nos)
	if not (batch or serials):
		return _columns(), [], _("Name a batch, or serial numbers with commas between them.")
	found = recall.trace(wanted.item_code or "", batch, serials)
	words = _words()
	rows = [frappe._dict(row, what=words[row["what"]]) for row in found.rows]
	message = None
	if found.hidden:
		message = _("{0} more rows are of documents or warehouses that you may not see: ask who may.").format(
			found.hidden
		)
	columns = _columns()
	return columns, fit_for_files(columns, rows), message


def _words() -> dict[str, str]:
	return {
		recall.WITH_CUSTOMER: _("With the Customer"),
		recall.IN_BOX: _("In a Box Here"),
		recall.LOCKED: _("Locked for an Order"),
		recall.ON_STOCK: _("On Stock"),
		recall.USED: _("Used or Written Off"),
	}


def _columns() -> list[dict]:
	return [
		column("what", _("Where"), "Data", width=150),
		column("customer", _("Customer"), "Link", "Customer", 150),
		column("customer_name", _("Customer Name"), "Data", width=160),
		column("qty", _("Still There"), "Float", width=90),
		column("sent", _("Sent"), "Float", width=80),
		column("returned", _("Returned"), "Float", width=90),
		column("item_code", _("Item"), "Link", "Item", 140),
		column("batch_no", _("Batch"), "Data", width=130),
		column("serial_nos", _("Serial Numbers"), "Data", width=160),
		column("sales_order", _("Sales Order"), "Link", "Sales Order", 150),
		{**column("document_type", _("Document Type"), "Data"), "hidden": 1},
		column("document", _("Document"), "Dynamic Link", "document_type", 160),
		column("posting_date", _("Date"), "Date", width=100),
		column("box", _("Box"), "Data", width=130),
		column("box_state", _("State of the Box"), "Data", width=120),
		column("tracking_no", _("Tracking Number"), "Data", width=140),
		column("received_by", _("Received By"), "Data", width=120),
		column("delivered_on", _("Delivered On"), "Datetime", width=150),
		column("email", _("E-mail"), "Data", width=170),
		column("phone", _("Phone"), "Data", width=120),
		column("warehouse", _("Warehouse"), "Link", "Warehouse", 150),
	]
