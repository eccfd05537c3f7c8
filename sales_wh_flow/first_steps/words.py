"""What users read before they switch a ready-made set-up on."""

from collections.abc import Sequence

from frappe import _

from sales_wh_flow.base import in_words
from sales_wh_flow.first_steps.rules import templates


def asks(role: str, people: int) -> str:
	"""Who is asked from now on."""
	if not people:
		return _("From now on orders above it wait for the role {0}, which nobody has yet.").format(_(role))
	if people == 1:
		return _("From now on orders above it wait for the role {0}: 1 person has it.").format(_(role))
	return _("From now on orders above it wait for the role {0}: {1} people have it.").format(
		_(role), in_words.figure(people)
	)


def changes(template: str) -> str:
	"""What begins with a set-up that asks nobody."""
	return {
		templates.NEAREST: _("From now on drafts get their warehouses by it as they are saved."),
		templates.LOCK: _(
			"From now on an order that is submitted locks its stock. What open orders still need waits in "
			"the queue and is locked as stock is free."
		),
		templates.COURIERS: _(
			"From now on orders and Delivery Notes can name them. Nobody is named by itself: choose the "
			"Courier on the order. Those there are stay."
		),
	}[template]


_MOST_NAMED = 5


def named(rules: Sequence[str]) -> str:
	"""The first of them, and how many follow."""
	named = ", ".join(rules[:_MOST_NAMED])
	more = len(rules) - _MOST_NAMED
	return " ".join((named, _("and {0} more").format(in_words.figure(more)))) if more > 0 else named


def asks_beside(rules: Sequence[str]) -> str:
	"""Rules of the same kind ask as well."""
	return _("These ask as well: {0}.").format(named(rules))


def decides_before(rules: Sequence[str]) -> str:
	"""Rules that routing takes instead wherever they fit."""
	return _("Where they fit an order, these decide instead of it: {0}.").format(named(rules))


def decides_after(rules: Sequence[str]) -> str:
	"""Rules that the new one is taken before."""
	return _("It decides instead of these: {0}.").format(named(rules))
