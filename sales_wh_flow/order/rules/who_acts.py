"""Whose turn it is, by the stage an order is in."""

from collections.abc import Collection, Iterable

from sales_wh_flow.order.rules.stages import BY_STATUS, SERVICE

ROLES: dict[str, tuple[str, ...]] = {
	"Warehouse": ("Stock User", "Stock Manager"),
	"Purchasing": ("Purchase User", "Purchase Manager"),
	"Accounts": ("Accounts User", "Accounts Manager"),
}
"""Who acts -> the roles that do. Sellers act on their own orders, approvers on what they are asked."""

SELLER, APPROVER = "Seller", "Approver"

STATUSES_OF_APPROVERS = tuple(status for status, stage in BY_STATUS.items() if stage.owner == APPROVER)
"""Flow statuses in whose stage sellers act, too, but not now."""


def stages_of_roles(roles: Collection[str]) -> tuple[str, ...]:
	"""The stages in which somebody with these roles acts, whoever's the order is."""
	mine = {owner for owner, acting in ROLES.items() if not set(acting).isdisjoint(roles)}
	return _stages(mine)


def stages_of_sellers() -> tuple[str, ...]:
	"""The stages in which whoever wrote the order acts; entry is left out: nobody waits for a draft."""
	return tuple(name for name in _stages({SELLER}) if name != "Entry")


def _stages(owners: Iterable[str]) -> tuple[str, ...]:
	known = (*BY_STATUS.values(), SERVICE)
	return tuple(dict.fromkeys(stage.name for stage in known if stage.owner in owners))
