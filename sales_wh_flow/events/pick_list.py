"""What the flow does while a Pick List lives."""

from sales_wh_flow.flow import changed, dispatch, guard_stock, leave_bad_lots, pick, refresh_status


def before_validate(doc, method=None):
	pick.accept_locked_orders(doc)


def validate(doc, method=None):
	dispatch.check_courier(doc)
	changed.check_fulfilment(row.sales_order for row in doc.locations)
	pick.check_against_locks(doc)


def before_submit(doc, method=None):
	guard_stock.lock_orders(doc)
	leave_bad_lots.refuse_to_pick(doc)


def before_cancel(doc, method=None):
	guard_stock.lock_orders(doc)


def on_update(doc, method=None):
	refresh_status.of_rows(doc, "locations", "sales_order")


def on_submit(doc, method=None):
	pick.count_again(doc)
	refresh_status.of_rows(doc, "locations", "sales_order")


def on_cancel(doc, method=None):
	pick.count_again(doc)
	refresh_status.of_rows(doc, "locations", "sales_order")


def after_delete(doc, method=None):
	refresh_status.of_rows(doc, "locations", "sales_order")
