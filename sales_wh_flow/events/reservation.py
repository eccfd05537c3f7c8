"""What the flow does while ERPNext writes Stock Reservation Entries by itself, as its Reserve button does."""

from sales_wh_flow.stock_lock.guard import reservations


def before_insert(doc, method=None):
	reservations.hold_entry(doc)
	reservations.keep_to_what_is_free(doc)


def before_submit(doc, method=None):
	reservations.hold_entry(doc)


def on_submit(doc, method=None):
	reservations.settle_entry(doc)


def before_update_after_submit(doc, method=None):
	reservations.refuse_change_of_a_part(doc)
	reservations.check_may_be_lowered(doc)
	reservations.hold_entry(doc)


def on_update_after_submit(doc, method=None):
	reservations.settle_entry(doc)


def before_cancel(doc, method=None):
	reservations.check_may_be_given_up(doc)
	reservations.hold_entry(doc)


def on_cancel(doc, method=None):
	reservations.settle_entry(doc)
