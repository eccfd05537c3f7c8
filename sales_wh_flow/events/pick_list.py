"""What the flow does while a Pick List lives."""

from sales_wh_flow.approval import judge_change
from sales_wh_flow.dispatch import deliver
from sales_wh_flow.order import refresh_status
from sales_wh_flow.packing import follow_documents as boxes
from sales_wh_flow.picking import certify, pick, walk
from sales_wh_flow.picking.put_away import ask as put_away
from sales_wh_flow.stock_lock import leave_bad_lots
from sales_wh_flow.stock_lock.guard import movements


def before_validate(doc, method=None):
	pick.accept_locked_orders(doc)


def validate(doc, method=None):
	deliver.check_courier(doc)
	judge_change.check_fulfilment(
		(row.sales_order for row in doc.locations), (row.sales_order_item for row in doc.locations)
	)
	pick.check_against_locks(doc)
	walk.forget_changed_rows(doc)


def before_submit(doc, method=None):
	movements.hold_orders_of_document(doc)
	certify.check_orders_go_on(doc)
	leave_bad_lots.refuse_to_pick(doc)
	certify.check_what_was_found(doc)


def before_cancel(doc, method=None):
	movements.hold_orders_of_document(doc)
	boxes.check_pick_is_unpacked(doc)


def on_update(doc, method=None):
	put_away.ask_after_change(doc)
	refresh_status.refresh_orders_of(doc, "locations", "sales_order")


def on_submit(doc, method=None):
	pick.count_again(doc)
	refresh_status.of_submitted(doc, "locations", "sales_order")


def on_cancel(doc, method=None):
	pick.count_again(doc)
	put_away.ask_after_cancel(doc, boxes.last_boxes_of(doc.name))
	refresh_status.of_submitted(doc, "locations", "sales_order")


def before_discard(doc, method=None):
	movements.hold_orders_of_document(doc)
	put_away.ask_after_deletion(doc.get_doc_before_save())  # read again and locked: what was found since


def on_discard(doc, method=None):
	refresh_status.refresh_orders_of(doc, "locations", "sales_order")


def after_delete(doc, method=None):
	put_away.ask_after_deletion(doc)
	refresh_status.refresh_orders_of(doc, "locations", "sales_order")
