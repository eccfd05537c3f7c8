"""Which pages of the desk are whose, as a newcomer is told them beside the logins."""

from collections.abc import Collection

_SELLING = frozenset({"Sales User", "Sales Manager"})
_WAREHOUSE = frozenset({"Stock User", "Stock Manager"})
_MONEY = frozenset({"Accounts User", "Accounts Manager"})
_BUYING = frozenset({"Purchase User"})
_READS_ORDERS = _SELLING | {"Stock User", "Accounts User"}
"""Roles that may read Sales Orders, as ERPNext gives them."""

PAGES = {
	"order-board": _READS_ORDERS,
	"my-delays": _SELLING | _WAREHOUSE | _MONEY | _BUYING,
	"sales-order": _SELLING,
	"order-message": _SELLING,
	"approval-inbox": frozenset({"Order Approver", "Accounts Manager", "Sales Manager"}),
	"pick": _WAREHOUSE,
	"pack": _WAREHOUSE,
	"hand-over": _WAREHOUSE,
	"warehouse-work": frozenset({"Stock User", "Sales User"}),
	"deliver": frozenset({"Stock Manager", "Delivery User"}),
	"return-case": _WAREHOUSE | _SELLING | _MONEY,
	"sales-invoice": _MONEY,
	"payment-promise": _MONEY,
}
"""The address below /app of each page and list, and whose it is."""


def pages_of(roles: Collection[str]) -> list[str]:
	return [page for page, whose in PAGES.items() if not whose.isdisjoint(roles)]
