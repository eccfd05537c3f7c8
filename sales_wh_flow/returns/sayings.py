"""What is kept of goods that come back and of orders that are opened again, in words for the reader."""

from frappe import _


def pick_is_off(pick_list: str, order: str) -> str:
	return _("Pick List {0} is taken back: Sales Order {1} is opened again. Put back what is picked.").format(
		pick_list, order
	)


def reopening_stopped(order: str, why: str) -> str:
	return _("Sales Order {0} is not open again yet: {1} Mend that, then press Re-open again.").format(
		order, why
	)


def told_anew(box: str) -> str:
	return _("What was refused of box {0} was corrected.").format(box)


def case_is_late(case: str, days: int) -> str:
	return _("Return Case {0} is {1} days after its window. Let it in, or refuse it.").format(case, days)


def case_is_overdue(case: str, days: int) -> str:
	return _("Return Case {0}, {1} days after its window, still waits: let it in, or refuse it.").format(
		case, days
	)


def late_is_let_in(case: str, why: str) -> str:
	return _("Return Case {0} is let in after its window: {1}").format(case, why)


def late_is_refused(case: str, why: str) -> str:
	return _("Return Case {0} is not let in after its window: {1}").format(case, why)


def customer_announced(order: str) -> str:
	return _("A customer announced a return of Sales Order {0}.").format(order)
