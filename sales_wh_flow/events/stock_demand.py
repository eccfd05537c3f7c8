"""What the flow does before a document that orders, requests or plans stock writes its figures into Bins."""

from sales_wh_flow.approval import judge_change, prepayment
from sales_wh_flow.stock_lock.guard import movements


def before_submit(doc, method=None):
	movements.hold_orders_and_bins(doc)
	if doc.doctype == "Purchase Order":
		judge_change.check_drop_ship(doc)
		prepayment.check_prepayment(doc)


def before_cancel(doc, method=None):
	movements.hold_orders_and_bins(doc)
