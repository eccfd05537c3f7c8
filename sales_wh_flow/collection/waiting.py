"""What waits at the counter, and the code that its customer shows there."""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base.site_secret import key_for
from sales_wh_flow.collection.answers import WaitingBox, WaitingFor
from sales_wh_flow.collection.rules import proofs
from sales_wh_flow.collection.store import waiting as store
from sales_wh_flow.delivery import permissions
from sales_wh_flow.delivery.store import contents, to_pay
from sales_wh_flow.packing.rules import states
from sales_wh_flow.scanning.rules import gs1

_STILL_TO_COME = (states.OPEN, states.CLOSED)


def waiting_here(text: str = "") -> list[WaitingFor]:
	"""What waits where the session's user works, by address, the oldest first. ``text``: a box, its SSCC, an
	order, a code, or a part of the customer's name; empty for all.
	"""
	rows = [row for row in store.waiting_boxes(permissions.warehouses_of_user()) if _is_meant(row, text)]
	owed = to_pay.still_to_collect(row.name for row in rows)
	for row in rows:  # what was paid since the box was closed is not asked for again
		row.cod_amount = owed.get(row.name, (0.0, ""))[0]
	groups: dict[tuple, list[dict]] = {}
	for row in rows:
		groups.setdefault((row.customer, row.ship_to, row.warehouse, row.courier), []).append(row)
	return [_group(some) for some in groups.values()]


def customers_code(order: str) -> str | None:
	"""The code that the customer of an order shows at the counter; None while nothing waits there."""
	return proofs.collection_code(secret(), order) if store.fetched_orders(order) else None


def secret() -> bytes:
	"""A key of its own from the site's secret."""
	return key_for("collection")


def orders_in(row) -> list[str]:
	"""The orders of a row of ``store.waiting_boxes``."""
	return (row.orders or "").split("\n") if row.orders else []


def _is_meant(row, text: str) -> bool:
	wanted = text.strip().casefold()
	if not wanted:
		return True
	known = {row.name.casefold(), *(it.casefold() for it in orders_in(row))}
	return (
		wanted in known
		or (bool(row.sscc) and gs1.label_number(text) == row.sscc)
		or wanted in row.customer_name.casefold()
		or proofs.is_code_of(secret(), orders_in(row), wanted)
	)


def _group(rows: list) -> WaitingFor:
	first = rows[0]
	orders = sorted({order for row in rows for order in orders_in(row)})
	return {
		"customer": first.customer,
		"customer_name": first.customer_name,
		"address": first.address,
		"warehouse": first.warehouse,
		"courier": first.courier,
		"proof": proof_of(first.courier),
		"orders": orders,
		"boxes": [_box(row) for row in rows],
		"missing": _missing(orders, {row.name for row in rows}),
		"to_collect": sum(row.cod_amount for row in rows),
		"currency": frappe.get_cached_value("Company", first.company, "default_currency"),
	}


def proof_of(courier: str) -> str:
	"""What somebody has to show who fetches boxes of this courier."""
	return frappe.get_cached_value("Courier", courier, "collection_proof") or proofs.NAME


def _box(row) -> WaitingBox:
	return {
		"name": row.name,
		"closed_on": row.closed_on,
		"weight_kg": row.weight_kg,
		"orders": orders_in(row),
		"cod_amount": row.cod_amount,
	}


def _missing(orders: Iterable[str], here: set[str]) -> list[tuple[str, str]]:
	others = {
		(it.box, it.state)
		for it in contents.boxes_of_orders(orders)
		if it.box not in here and it.state in _STILL_TO_COME
	}
	return sorted(others)
