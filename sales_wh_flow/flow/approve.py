"""Which approvals an order owes, who gave them, and the gate in front of its submit."""

from sales_wh_flow import settings


def follow_changes(doc) -> None:
	if not settings.is_on(settings.APPROVAL):
		return


def require(doc) -> None:
	if not settings.is_on(settings.APPROVAL):
		return


def keep_granted_credit(doc) -> None:
	if not settings.is_on(settings.APPROVAL):
		return


def after_cancel(doc) -> None:
	if not settings.is_on(settings.APPROVAL):
		return


def forget(doc) -> None:
	if not settings.is_on(settings.APPROVAL):
		return
