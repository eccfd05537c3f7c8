"""Where somebody begins who does one thing all day."""

from collections.abc import Iterable

_IN_THE_OFFICE = frozenset(
	(
		*("System Manager", "Workspace Manager", "Sales User", "Sales Manager", "Order Approver"),
		*("Stock Manager", "Accounts User", "Accounts Manager", "Purchase User", "Purchase Manager"),
		*("Fleet Manager", "Manufacturing User", "Manufacturing Manager", "Item Manager"),
	)
)
"""Roles of people who have more to do than one page shows."""

_PAGES = (("Stock User", "pick"), ("Delivery User", "deliver"))


def start_page(roles: Iterable[str]) -> str:
	"""The page of a picker or driver; empty for everybody else, who begins where Frappe lets him begin."""
	held = set(roles)
	if held & _IN_THE_OFFICE:
		return ""
	return next((page for role, page in _PAGES if role in held), "")
