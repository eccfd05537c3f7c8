"""What the flow does while ERPNext writes Stock Reservation Entries by itself, as its Reserve button does."""

from sales_wh_flow.flow import guard_reservation


def before_insert(doc, method=None):
	guard_reservation.lock(doc)
	guard_reservation.keep_to_what_is_free(doc)


def before_submit(doc, method=None):
	guard_reservation.lock(doc)


def on_submit(doc, method=None):
	guard_reservation.settle(doc)


def before_update_after_submit(doc, method=None):
	guard_reservation.refuse_change_of_a_part(doc)
	guard_reservation.lock(doc)


def on_update_after_submit(doc, method=None):
	guard_reservation.settle(doc)


def before_cancel(doc, method=None):
	guard_reservation.lock(doc)


def on_cancel(doc, method=None):
	guard_reservation.settle(doc)
