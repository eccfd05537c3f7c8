"""What an order's form, the list and the board ask about the whole flow."""

import frappe
from frappe import _

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.delays import follow as delays
from sales_wh_flow.door_money import shown as money_at_door
from sales_wh_flow.order import promise_anew
from sales_wh_flow.order.answers import NewPromise
from sales_wh_flow.order_board import board as drawing
from sales_wh_flow.order_board import lies_free, many
from sales_wh_flow.order_board import next_step as next_steps
from sales_wh_flow.order_board import quotation_preview as quoted
from sales_wh_flow.order_board.answers import Board, DoneForOne, NextStep, OrderOverview
from sales_wh_flow.order_board.store import overview
from sales_wh_flow.reroute import bring_together
from sales_wh_flow.returns import shown_on_order


@frappe.whitelist(methods=["GET"])
@border.checked()
def order_overview(sales_order: str) -> OrderOverview:
	"""What the order's form shows: per line ordered, delivered, locked, waiting, picked; lists and notes
	made.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return {
		**lies_free.tell_what_lies_free(order, overview.read_overview(order, delays.mode() != delays.OFF)),
		"transfers": bring_together.bringing_state(order),
		"returns": shown_on_order.what_came_back(order),
		"door_money": money_at_door.money_of_order(order.name) if order.get("swf_cod") else [],
	}


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(only=border.names)
def board(company: str | None = None, warehouse: str | None = None, only: list | str | None = None) -> Board:
	"""The orders that the session's user may read, in columns by stage.

	``only``: any of "mine", "late", "at_risk", "waiting_for_me".
	"""
	frappe.has_permission("Sales Order", "read", throw=True)
	wanted = only or []
	if unknown := set(wanted) - set(drawing.SHOWN):
		refuse(RuleViolation("no_such_filter", given=", ".join(unknown), known=", ".join(drawing.SHOWN)))
	return drawing.draw(company or None, warehouse or None, wanted)


@frappe.whitelist(methods=["GET"])
@border.checked()
def waiting_for_me() -> list[str]:
	"""The orders in which it is the session user's turn, at most 500, the earliest delivery date first."""
	frappe.has_permission("Sales Order", "read", throw=True)
	return drawing.names_waiting_for_me()


@frappe.whitelist(methods=["GET"])
@border.checked()
def quotation_preview(quotation: str) -> list[quoted.PreviewRow]:
	"""From where, and by when, a Quotation's goods would be sent if it were ordered today."""
	doc = frappe.get_doc("Quotation", quotation)
	doc.check_permission("read")
	frappe.has_permission("Sales Order", "read", throw=True)
	return quoted.preview_quotation(doc)


@frappe.whitelist(methods=["GET"])
@border.checked()
def next_step(sales_order: str) -> NextStep:
	"""What to do next about an order."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return next_steps.next_step_of(order)


@frappe.whitelist(methods=["POST"])
@border.checked(day=border.moment)
def promise_new_day(sales_order: str, day: str, reason: str) -> NewPromise:
	"""Promise an order for another day, and say why."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")
	return promise_anew.promise(order, day, reason)


@frappe.whitelist(methods=["POST"])
@border.checked(orders=border.names, deed=border.name, day=border.moment)
def do_for_many(
	orders: list | str, deed: str, day: str | None = None, reason: str | None = None
) -> list[DoneForOne]:
	"""Up to 50 orders, each in a transaction of its own: "make_pick_lists", "draft_invoice", or
	"promise" for a day with a reason. In the order given; one that is refused undoes no other.
	"""
	frappe.has_permission("Sales Order", "read", throw=True)
	work = many.deed_named(deed, day, reason)
	names = list(dict.fromkeys(orders))
	if len(names) > many.MOST:
		refuse(RuleViolation("too_many_orders", count=len(names), most=many.MOST))
	return [_done_alone(name, work) for name in names]


def _done_alone(name: str, work: many.DeedForMany) -> DoneForOne:
	row: DoneForOne = {
		"sales_order": name,
		"is_done": True,
		"doctype": work.doctype,
		"made": [],
		"message": "",
	}
	told = list(frappe.local.message_log)
	try:
		row["made"] = retry.from_a_fresh_transaction(lambda: many.do_to_held(name, work))
	except many.REFUSED as error:
		frappe.local.message_log = told
		why = frappe.utils.strip_html(str(error)) or _("You may not do that to this order.")
		row.update({"is_done": False, "message": why})
	return row
