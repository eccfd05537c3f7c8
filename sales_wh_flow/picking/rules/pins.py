"""Which PINs are taken, who may have one, and when it is locked."""

from collections.abc import Collection
from itertools import pairwise

LENGTH = 6
MOST_FAILURES = 5
"""Wrong ones in a row, by whomever, until the PIN is locked: one guess in 200,000 comes through."""

OF_THE_WAY = frozenset(
	{"Stock User", "Stock Manager", "Delivery User", "Delivery Manager", "Fulfillment User"}
)
"""Roles that a PIN may open: those of the way of goods."""

OF_EVERYBODY = frozenset({"All", "Guest", "Desk User", "Employee", "Employee Self Service"})


def is_too_easy(pin: str) -> bool:
	"""Whether a PIN is no six figures, or one that everybody tries first."""
	if len(pin) != LENGTH or not (pin.isascii() and pin.isdigit()):
		return True
	steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
	return len(steps) == 1 or len(set(pin)) < 3 or pin[:3] == pin[3:]


def may_have_pin(roles: Collection[str]) -> bool:
	"""Whether a PIN may stand for somebody's password: who can do more than the way of goods needs none."""
	more = {*roles} - OF_THE_WAY - OF_EVERYBODY
	return not more and bool(OF_THE_WAY & {*roles})
