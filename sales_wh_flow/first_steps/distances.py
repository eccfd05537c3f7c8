"""Of which warehouses and addresses nobody can tell how far they are apart, and what to do about it."""

from collections.abc import Collection, Iterable, Sequence

import frappe
from frappe import _

from sales_wh_flow.base import in_words
from sales_wh_flow.first_steps import records, words
from sales_wh_flow.first_steps.answers import CheckRow
from sales_wh_flow.first_steps.store import lacking
from sales_wh_flow.order.store import sending as sending_warehouses
from sales_wh_flow.routing.store import places

CHECK = "places"


def gaps_of_warehouses(company: str) -> list[CheckRow]:
	"""What to enter so that distances are known; silent for one warehouse, which is the nearest anyhow."""
	sending = sending_warehouses.that_send(records.selling_warehouses(company))
	unknown = sorted(set(sending) - set(places.spots_of_warehouses(sending)))
	if len(sending) < 2 or not unknown:
		return []
	without = lacking.without_place(unknown)
	unlisted = sorted(set(unknown) - set(without))
	found = []
	if without:
		text = _(
			"The nearest warehouse can't be told for {0}: enter a PIN, or latitude and longitude, in the "
			"warehouse under Warehouse Contact Info. Its Address is not read. What sends nothing to "
			"customers: clear {1} there."
		).format(words.named(without), _("Sells"))
		found.append(_row(text, "warehouse", without[0]))
	if not frappe.db.exists("Postcode Place"):
		text = _(
			"Postcode Place is empty: a postcode alone tells no distance. Import the postcodes of your "
			"warehouses and customers there, or enter latitude and longitude."
		)
		found.append(_row(text, "postcode-place"))
	elif unlisted:
		text = _("Postcode Place does not list the postcodes of {0}: add them, or enter coordinates.")
		found.append(_row(text.format(words.named(unlisted)), "postcode-place"))
	return found


def unknown_for(warehouses: Collection[str], addresses: Iterable[str]) -> tuple[set[str], set[str]]:
	"""The warehouses, and the addresses, of which nobody knows where they lie; "" is an order without one."""
	asked = set(addresses)
	return (
		set(warehouses) - set(places.spots_of_warehouses(warehouses)),
		asked - set(places.spots_of_addresses(asked)),
	)


def said_of_trial(
	warehouses: Collection[str], blind: Collection[str], ship_tos: Sequence[str], lost: Collection[str]
) -> list[CheckRow]:
	"""That a trial knew no distances, and what to do; nothing where it knew them all."""
	orders = [address for address in ship_tos if address in lost]
	if len(warehouses) < 2 or not ship_tos or not (blind or orders):
		return []
	text = _(
		"Distances are unknown for {0} of {1} warehouses and {2} of {3} orders: there the nearest is not "
		"measured. Enter latitude and longitude in warehouses and addresses, or postcodes that are listed in "
		"Postcode Place."
	).format(*(in_words.figure(len(some)) for some in (blind, warehouses, orders, ship_tos)))
	return [_row(text, "postcode-place")]


def _row(text: str, *route: str) -> CheckRow:
	return {"check": CHECK, "text": text, "route": list(route), "fix": ""}
