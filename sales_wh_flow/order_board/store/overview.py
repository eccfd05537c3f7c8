"""An order at a glance, for its form."""

from collections import defaultdict
from typing import Any

import frappe
from frappe.model.document import Document

from sales_wh_flow.base import said
from sales_wh_flow.base.quantities import open_qty, rounded
from sales_wh_flow.base.settings import FORECAST, is_on
from sales_wh_flow.delays.sayings import step_words
from sales_wh_flow.dispatch.rules import courier
from sales_wh_flow.order.rules.lateness import AT_RISK, LATE
from sales_wh_flow.order.store import lines
from sales_wh_flow.order.store import rows as order_rows
from sales_wh_flow.order_board.answers import (
	DelayShown,
	ListOfOrder,
	NoteOfOrder,
	OrderRead,
	OverviewLine,
	PromiseShown,
)
from sales_wh_flow.stock_lock.store import picks, reservations


def read_overview(order: Document, with_alerts: bool) -> OrderRead:
	"""Lines with what is ordered, delivered, locked, picked and waiting, and the documents made from the
	order; ``with_alerts`` also with whom its delay lies.
	"""
	locked = reservations.by_row(reservations.open_of_order(order.name))
	listed: dict[str, float] = defaultdict(float)
	for pick in picks.on_pick_lists(order.name, for_update=False):
		listed[pick.sales_order_item] += pick.qty_stock
	rows = {row.name: row for row in (*order.items, *(order.get("packed_items") or ()))}
	notes, arrived = _delivery_notes(order.name)
	has_demand = order.docstatus.is_submitted() and order.status != "Closed"
	return {
		"flow_status": order.get("swf_flow_status"),
		"lines": [
			_line(line, rows[line.row], listed[line.row], has_demand, _arrived(line, rows, arrived))
			for line in lines.lockable(order, locked)
			if line.is_stock_item
		],
		"pick_lists": _pick_lists(order.name),
		"delivery_notes": notes,
		"backorders": order_rows.backorders([order.name]),
		"promise": _promise(order),
		"delay": _delay(order, with_alerts),
	}


def _line(line: Any, row: Any, listed: float, has_demand: bool, arrived: float) -> OverviewLine:
	waits = has_demand and line.is_lockable
	return {
		"row": line.row,
		"idx": line.idx,
		"item_code": line.item_code,
		"item_name": row.item_name,
		"warehouse": line.warehouse,
		"uom": row.get("stock_uom") or row.uom,
		"ordered": line.qty_stock,
		"order_qty": row.get("qty") if row.get("stock_qty") else line.qty_stock,
		"order_uom": row.uom or "",
		"delivered": rounded(line.delivered_stock),
		"arrived": rounded(min(arrived, line.delivered_stock)),
		"locked": rounded(line.locked_stock),
		"picked": rounded(listed),
		"waiting": open_qty(line.qty_stock, line.delivered_stock, line.locked_stock) if waits else 0.0,
		"free": 0.0,
		"route_reason": said.worded(row.get("swf_route_reason")),
		"brought_to": row.get("swf_brought_to") or "",
		"promised_on": str(row.get("swf_promised_on") or ""),
		"expected_on": str(row.get("swf_line_expected_on") or ""),
	}


def _promise(order: Document) -> PromiseShown | None:
	"""What was asked and promised for, when the order is expected and how sure that is; None while the
	forecast is off.
	"""
	if not is_on(FORECAST):
		return None

	def day(fieldname: str) -> str:
		return str(order.get(fieldname) or "")

	return {
		"requested_on": day("swf_requested_on"),
		"first_promised_on": day("swf_first_promised_on"),
		"last_promised_on": day("swf_last_promised_on"),
		"forecast_on": day("swf_forecast_on"),
		"forecast_latest_on": day("swf_forecast_latest_on"),
		"forecast_ships_on": day("swf_forecast_ships_on"),
		"lateness": order.get("swf_lateness") or "",
		"lateness_since": day("swf_lateness_since"),
		"words": said.worded(order.get("swf_forecast_by")),
	}


def _delay(order: Document, with_alerts: bool) -> DelayShown | None:
	"""Why an order is late or at risk, and with whom that lies; one statement, none where it is not."""
	if not is_on(FORECAST) or order.get("swf_lateness") not in (LATE, AT_RISK):
		return None
	rows = frappe.db.sql(
		"""select log.stage, log.entered_on, log.delay_of,
			coalesce(person.full_name, nullif(alert.responsible_user, ''), alert.responsible_role, '')
				delay_with,
			if(alert.state = 'Snoozed', alert.snoozed_until, null) snoozed_until, alert.snooze_reason,
			alert.best_step
		from `tabOrder Stage Log` log
		left join `tabDelay Alert` alert on alert.open_of_order = log.sales_order and alert.is_shadow = 0
			and %s
		left join `tabUser` person on person.name = alert.responsible_user
		where log.name = %s""",
		(int(with_alerts), order.get("swf_stage_row")),
		as_dict=True,
	)
	if not rows:
		return None
	(row,) = rows
	return {
		"stage": row.stage,
		"since": str(row.entered_on or ""),
		"delay_of": row.delay_of or "",
		"delay_with": row.delay_with,
		"snoozed_until": str(row.snoozed_until or ""),
		"snooze_reason": (row.snooze_reason or "") if row.snoozed_until else "",
		"step": step_words(row.best_step) if row.best_step else "",
	}


def _pick_lists(order: str) -> list[ListOfOrder]:
	return frappe.db.sql(
		"""select distinct pl.name, pl.docstatus, pl.status, row.warehouse from `tabPick List Item` row
		join `tabPick List` pl on pl.name = row.parent
		where row.sales_order = %s and pl.docstatus < 2 order by pl.name""",
		order,
		as_dict=True,
	)


def _delivery_notes(order: str) -> tuple[list[NoteOfOrder], dict[str, float]]:
	"""The notes, and order row -> what of it is confirmed as delivered, in stock units."""
	rows = frappe.db.sql(
		"""select dn.name, dn.docstatus, dn.swf_tracking_no tracking_no, dn.swf_delivered_on delivered_on,
			courier.tracking_url, row.so_detail, sum(row.stock_qty) qty_stock
		from `tabDelivery Note Item` row join `tabDelivery Note` dn on dn.name = row.parent
		left join `tabCourier` courier on courier.name = dn.swf_courier
		where row.against_sales_order = %s and dn.docstatus < 2 and dn.is_return = 0
		group by dn.name, row.so_detail order by dn.name""",
		order,
		as_dict=True,
	)
	notes: dict[str, NoteOfOrder] = {}
	arrived: dict[str, float] = defaultdict(float)
	for row in rows:
		if row.docstatus == 1 and row.delivered_on:
			arrived[row.so_detail] += row.qty_stock
		notes[row.name] = {
			"name": row.name,
			"docstatus": row.docstatus,
			"tracking_no": row.tracking_no,
			"delivered_on": row.delivered_on,
			"tracking_link": courier.tracking_link(row.tracking_url, row.tracking_no),
		}
	return list(notes.values()), arrived


def parcels_of(order: str) -> list[tuple[str, str | None]]:
	"""(tracking number, link) of each parcel that left with goods of an order; one statement."""
	rows = frappe.db.sql(
		"""select distinct dn.name, courier.tracking_url, dn.swf_tracking_no
		from `tabDelivery Note Item` row join `tabDelivery Note` dn on dn.name = row.parent
		left join `tabCourier` courier on courier.name = dn.swf_courier
		where row.against_sales_order = %s and dn.docstatus = 1 and dn.is_return = 0 order by dn.name""",
		order,
	)
	return [parcel for _note, *told in rows for parcel in courier.each_parcel(*told)]


def _arrived(line: Any, rows: dict[str, Any], arrived: dict[str, float]) -> float:
	"""Of a bundle's component as much as of the bundle, which is what notes have rows of."""
	row = rows[line.row]
	bundle = rows.get(row.get("parent_detail_docname"))
	if not bundle:
		return arrived[line.row]
	return line.qty_stock * arrived[bundle.name] / (bundle.stock_qty or 1)
