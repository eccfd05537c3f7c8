"""What the flow does around every document that moves stock in or out of a warehouse."""

from sales_wh_flow.flow import bring_together, guard_stock, prepayment, send_again


def before_submit(doc, method=None):
	prepayment.check(doc)
	bring_together.depart(doc)
	guard_stock.lock_stock(doc)
	guard_stock.post_after_the_lock(doc)


def on_submit(doc, method=None):
	send_again.follow(doc)
	guard_stock.settle(doc)
	bring_together.arrive(doc)


def before_cancel(doc, method=None):
	bring_together.turn_back(doc)
	send_again.take_back(doc)
	guard_stock.lock_stock(doc)
	guard_stock.refuse_what_is_locked(doc)


def on_cancel(doc, method=None):
	send_again.follow(doc)
	guard_stock.settle(doc)
	bring_together.return_home(doc)
