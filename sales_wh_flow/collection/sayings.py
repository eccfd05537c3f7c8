"""What the events of a box that was fetched say; the names of these functions are stored."""

from frappe import _


def fetched(receiver: str, document: str) -> str:
	return _("fetched by {0}, with {1}").format(receiver, document)
