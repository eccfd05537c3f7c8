"""What the flow does around every document that moves stock in or out of a warehouse."""

from sales_wh_flow.approval import prepayment
from sales_wh_flow.order import refresh_status
from sales_wh_flow.reroute import bring_together
from sales_wh_flow.stock_lock import goods_for_orders, send_again
from sales_wh_flow.stock_lock.guard import brought_in, movements
from sales_wh_flow.stock_lock.serving import make_room


def before_submit(doc, method=None):
	prepayment.check_prepayment(doc)
	bring_together.depart(doc)
	if doc.doctype == "Stock Reconciliation":
		make_room.of_count(doc)
	goods_for_orders.hold_their_orders(doc)
	movements.hold_stock(doc)


def on_submit(doc, method=None):
	send_again.follow_return(doc)
	movements.settle(doc)
	bring_together.arrive(doc)
	goods_for_orders.lock_what_came(doc)
	refresh_status.of_inward_order(doc)


def before_cancel(doc, method=None):
	bring_together.turn_back(doc)
	send_again.take_back(doc)
	if doc.doctype == "Stock Reconciliation":
		make_room.accept_locked_stock(doc)
	movements.hold_stock(doc)
	brought_in.refuse_what_is_locked(doc)


def on_cancel(doc, method=None):
	send_again.follow_return(doc)
	movements.settle(doc)
	bring_together.return_home(doc)
	refresh_status.of_inward_order(doc)
