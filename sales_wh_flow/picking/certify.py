"""What a Pick List says when it is submitted: of orders that go on, and what somebody found.

The step *what nobody found is not picked* is off, in the shadow, a warning or a refusal.
"""

from frappe.utils import flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, OFF, SHADOW, flow_settings, is_on
from sales_wh_flow.base.step_gates import stop_or_warn
from sales_wh_flow.base.timeline import note
from sales_wh_flow.picking import timeline
from sales_wh_flow.picking.rules import found as rules
from sales_wh_flow.picking.store import found as store


def check_orders_go_on(doc) -> None:
	"""Before a Pick List is submitted; the caller holds its orders.

	Raises: ValidationError naming the rows whose order was cancelled, closed or put on hold.
	"""
	if not is_on(FULFILMENT) or doc.purpose != "Delivery":
		return
	stopped = store.why_not_picked(row.sales_order for row in doc.locations)
	refuse(
		rules.refused_for_order(row, doc.name, stopped[row.sales_order])
		for row in doc.locations
		if row.sales_order in stopped
	)


def check_what_was_found(doc) -> None:
	"""Rows of orders of which less was scanned or tapped than the list certifies.

	Raises: ValidationError naming them, where the step blocks.
	"""
	mode = flow_settings().get("unscanned_rows") or OFF
	if mode == OFF or not is_on(FULFILMENT) or doc.purpose != "Delivery":
		return
	rows = tuple(row.idx for row in doc.locations if row.sales_order and _is_not_found(row))
	if not rows:
		return
	violation = RuleViolation("rows_not_confirmed", rows=rows, name=doc.name)
	stop_or_warn(mode, [violation], alert=True)
	note(doc, timeline.certified_unscanned, rows=list(rows), is_shadow=mode == SHADOW)


def _is_not_found(row) -> bool:
	picked = flt(row.picked_qty) or flt(row.stock_qty)
	return not row.swf_found_on or is_less(flt(row.swf_found_qty), picked)
