"""Whether an order may be invoiced, and why not, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _

from sales_wh_flow.base.in_words import figure, money


def not_submitted() -> str:
	return _("The order is not submitted.")


def order_is_held(status: str) -> str:
	return _("The order is {0}. Re-open it, and it may be invoiced again.").format(_(status))


def waits_for_approval() -> str:
	return _("A change of the order waits for approval. What nobody has agreed to is not invoiced.")


def no_policy() -> str:
	return _("No Billing Policy speaks of this customer: invoices are made by hand.")


def may_be_invoiced(policy: str, rows: int) -> str:
	return (
		_("1 row may be invoiced (policy {0}).").format(policy)
		if rows == 1
		else _("{0} rows may be invoiced (policy {1}).").format(rows, policy)
	)


def all_is_invoiced(came_back: bool = False) -> str:
	return _("All of it came back: nothing is left to invoice.") if came_back else _("All of it is invoiced.")


def invoiced_for_less(short: float, currency: str) -> str:
	return _(
		"All pieces are invoiced, for {0} less than ordered. Invoice the rest with Create > Sales Invoice, "
		"or close the order (Status > Close)."
	).format(money(short, currency))


def amount_is_reached(rows: list[list]) -> str:
	"""``rows``: [number, invoiced, ordered]"""
	return " ".join(
		_(
			"Row #{0}: {1} of {2} are invoiced, for the amount of all, so ERPNext invoices no more of it. If "
			"the rest is to be paid, raise the rate with Update Items first."
		).format(idx, figure(billed), figure(ordered))
		for idx, billed, ordered in rows
	)


def is_drafted() -> str:
	return _("What may be invoiced stands on drafts. Submit them.")


def draft_is_too_high(rows: list[list]) -> str:
	"""``rows``: [number, on drafts, may be invoiced]"""
	return " ".join(
		_("Row #{0}: {1} on drafts, {2} may be invoiced. Lower the draft before it is submitted.").format(
			idx, figure(drafted), figure(allowed)
		)
		for idx, drafted, allowed in rows
	)


def draft_will_be_lowered(drafts: list[str]) -> str:
	return _("{0}: nobody has changed it since it was drafted, so the hourly job lowers it.").format(
		", ".join(drafts)
	)


def draft_was_changed(draft: str, user: str) -> str:
	return _("{0} was last saved by {1}, so nothing lowers it by itself.").format(draft, user)


def credit_is_due(rows: list[list]) -> str:
	"""``rows``: [number, quantity]"""
	return " ".join(
		_("Row #{0}: {1} came back and are invoiced. A credit note is due.").format(idx, figure(qty))
		for idx, qty in rows
	)


def account_in_other_currency(
	order: str, customer: str, account: str, currency: str, own: str, is_own: bool
) -> str:
	"""``is_own``: the account is in the currency of the company."""
	told = (
		_(
			"{0} is in {1}, and {2} owes on {3}, which is kept in {4}: ERPNext takes no invoice of it there. "
			"Name a receivable account in {1} at the customer, under Accounting, or tick Allow "
			"multi-currency invoices against single party account in Accounts Settings."
		)
		if is_own
		else _(
			"{0} is in {1}, and {2} owes on {3}, which is kept in {4}: ERPNext takes no invoice of it there. "
			"Name a receivable account in {1} at the customer, under Accounting."
		)
	)
	return told.format(order, currency, customer, account, own)


def could_not_be_drafted(problem: str) -> str:
	return _("It could not be drafted: {0}").format(problem)


def has_not_left(policy: str, rows: list[int]) -> str:
	return _(
		"Policy {0} invoices on dispatch, and row {1} has not left yet. Submit its Delivery Note first."
	).format(policy, _numbers(rows))


def is_not_proved(policy: str, rows: list[int]) -> str:
	return _(
		"Policy {0} invoices on proof, and row {1} is not confirmed as delivered yet. Confirm the delivery "
		"on its Delivery Note first."
	).format(policy, _numbers(rows))


def _numbers(rows: list[int]) -> str:
	return ", ".join(f"#{idx}" for idx in rows)
