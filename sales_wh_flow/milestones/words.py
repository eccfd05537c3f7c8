"""What the app itself says of milestones, where a rule has no template, in the reader's language."""

from frappe import _

from sales_wh_flow.milestones.rules import milestones as it


def milestone_subject(milestone: str, order: str) -> str:
	"""One line."""
	texts = {
		it.CONFIRMED: _("Your order {0} is confirmed"),
		it.APPROVED_AND_LOCKED: _("Order {0} is approved, its stock is locked"),
		it.SHORT: _("Order {0} is short of stock"),
		it.DELAYED: _("Order {0} will be late"),
		it.READY: _("Order {0} is ready to leave"),
		it.DISPATCHED: _("Order {0} is on its way"),
		it.DELIVERED: _("Order {0} was delivered"),
		it.REFUSED: _("A part of order {0} was refused"),
		it.RETURN_ANNOUNCED: _("A return of order {0} is announced"),
		it.RETURN_RECEIVED: _("What was returned of order {0} has arrived"),
		it.REFUNDED: _("Order {0}: a credit note was made"),
		it.MAY_BE_INVOICED: _("Order {0} may be invoiced"),
	}
	return texts[milestone].format(order)


def milestone_text(milestone: str) -> str:
	"""One sentence below the subject."""
	texts = {
		it.CONFIRMED: _("Thank you. We have your order and get it ready."),
		it.APPROVED_AND_LOCKED: _("It may be picked."),
		it.SHORT: _("Not all of it is in stock; what is missing is locked as it comes in."),
		it.DELAYED: _("We are sorry: it takes longer than we said."),
		it.READY: _("Everything is picked and packed."),
		it.DISPATCHED: _("It has left our warehouse."),
		it.DELIVERED: _("It has arrived."),
		it.REFUSED: _("It was not accepted on delivery."),
		it.RETURN_ANNOUNCED: _("Write the number of the return on the parcel."),
		it.RETURN_RECEIVED: _("We have received the goods and look at them."),
		it.REFUNDED: _("The amount is credited."),
		it.MAY_BE_INVOICED: _("Its moment by the Billing Policy has come."),
	}
	return texts[milestone]


def fact_label(key: str) -> str:
	"""What stands before a value of what happened; "" for what is not shown by itself."""
	labels = {
		"new_date": _("New date"),
		"courier": _("Courier"),
		"tracking_no": _("Tracking number"),
		"document": _("Document"),
		"reason": _("Reason"),
	}
	return labels.get(key, "")


def example(value: str) -> str:
	"""A value in a preview that nobody knows yet."""
	return _("{0} (example)").format(value)


def digest_subject(milestone: str, orders: int) -> str:
	return _("{0}: {1} orders").format(_(milestone), orders)


def template_is_broken(template: str, problem: str) -> str:
	return _("The Email Template {0} can't be filled in: {1}. Mend the template.").format(template, problem)


def case_for_customer(state: str) -> str:
	"""How far a return is, as its customer reads it. ``state``: see ``announce.cases_shown``."""
	texts = {
		"announced": _("announced: write this number on the parcel"),
		"waiting": _("comes after the time for returns: send nothing before we answer"),
		"returning": _("On Its Way Back"),
		"arrived": _("has arrived, we look at it"),
		"refused": _("not accepted: it came after the time for returns"),
		"done": _("done"),
	}
	return texts[state]
