"""Why a message was not sent, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _


def no_address(audience: str) -> str:
	if audience == "Customer":
		return _("No e-mail address: enter one at the order's contact, or at the customer.")
	return _("No e-mail address is known.")


def may_not_read(user: str) -> str:
	return _("{0} may not read the order any more.").format(user)


def rule_is_off() -> str:
	return _("Its Message Rule was switched off before it went out.")


def rule_is_another() -> str:
	return _("Its Message Rule tells something else, or somebody else, by now.")


def notification_is_off(notification: str) -> str:
	return _("The Notification {0} is switched off.").format(notification)


def order_is_gone() -> str:
	return _("The order is deleted.")


def order_was_cancelled() -> str:
	return _("The order was cancelled before it went out.")


def order_was_closed() -> str:
	return _("The order was closed before it went out.")


def taken_back(milestone: str) -> str:
	return _("{0} was not true any more when its turn came.").format(_(milestone))


def wants_it_no_more() -> str:
	return _("The customer does not want to be told of it any more.")


def has_left(user: str) -> str:
	return _("{0} has left.").format(user)


def could_not_be_sent(problem: str = "") -> str:
	return _("It could not be sent: {0}").format(problem or _("see the Error Log"))


def no_mail_account() -> str:
	return _(
		"It could not be sent: no Email Account sends mails by default. A System Manager enters one, with "
		"Default Outgoing ticked; Send Again sends it then."
	)


def address_is_refused(problem: str) -> str:
	return _("The webhook's address is not called: {0}").format(problem)


def too_old(hours: int) -> str:
	return _("It waited for more than {0} hours and tells nothing new any more. Send Again sends it.").format(
		hours
	)


def has_unsubscribed() -> str:
	return _("The receiver has unsubscribed from mails of this kind (Email Unsubscribe).")


def mail_server_was_away(hours: int) -> str:
	return _("The mail server took it not once in {0} hours. Send Again sends it.").format(hours)


def mail_was_returned(reason: str = "") -> str:
	if reason:
		return _("The mail came back: {0}. Look at the address, then send it again.").format(reason)
	return _("The mail came back. Look at the address, then send it again.")
