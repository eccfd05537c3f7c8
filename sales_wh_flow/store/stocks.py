"""What routing decides on, as facts: rules and their candidates, warehouses, free stock, the ship-to place.

Plain reads: a draft's warehouses are a proposal. What is really there is decided when stock is locked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import frappe

from sales_wh_flow.rules.facts import BinKey
from sales_wh_flow.rules.routing import Place, RoutingPolicy, WarehouseFacts


@dataclass(frozen=True, slots=True)
class WarehouseRow:
	"""A warehouse as the checks see it."""

	name: str
	company: str
	is_group: bool
	disabled: bool
	has_coordinates: bool


def routing_policies(company: str | None, customer: str | None) -> tuple[RoutingPolicy, ...]:
	"""The enabled routing rules that fit the order: one statement.

	Candidates that can't be used any more (disabled, a group, another company's) are left out; a rule may be
	left without any.
	"""
	rows = frappe.db.sql(
		"""select rule.name, rule.max_splits, rule.priority, coalesce(scope.lft, 0),
			warehouse.name, candidate.`rank`, warehouse.swf_latitude, warehouse.swf_longitude
		from `tabWarehouse Routing Rule` rule
		left join `tabCustomer Group` scope on scope.name = rule.customer_group
		left join (`tabWarehouse Routing Candidate` candidate join `tabWarehouse` warehouse
			on warehouse.name = candidate.warehouse and warehouse.disabled = 0 and warehouse.is_group = 0
				and warehouse.company = %(company)s)
			on candidate.parent = rule.name and candidate.parenttype = 'Warehouse Routing Rule'
		where rule.enabled = 1 and rule.company = %(company)s
			and (coalesce(rule.customer_group, '') = '' or exists (
				select 1 from `tabCustomer` customer
				join `tabCustomer Group` own on own.name = customer.customer_group
				where customer.name = %(customer)s and scope.lft <= own.lft and scope.rgt >= own.rgt))
		order by rule.name, candidate.idx""",
		{"company": company, "customer": customer},
	)
	candidates = defaultdict(list)
	for rule, max_splits, priority, depth, warehouse, rank, latitude, longitude in rows:
		found = candidates[rule, max_splits, priority, depth]
		if warehouse:
			found.append(WarehouseFacts(warehouse, rank, *(_place(latitude, longitude) or (None, None))))
	return tuple(
		RoutingPolicy(rule, tuple(found), max_splits, priority, depth)
		for (rule, max_splits, priority, depth), found in candidates.items()
	)


def warehouses(names: Iterable[str]) -> dict[str, WarehouseRow]:
	"""Those of the named warehouses that exist: at most one statement."""
	wanted = tuple({name for name in names if name})
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select name, company, is_group, disabled, swf_latitude <> 0 or swf_longitude <> 0
		from `tabWarehouse` where name in %s""",
		(wanted,),
	)
	return {name: WarehouseRow(name, company, *map(bool, flags)) for name, company, *flags in rows}


def free_stock(items: Iterable[str], names: Iterable[str]) -> dict[BinKey, float]:
	"""On hand and not locked, in stock UOM; pairs without a Bin are missing. At most one statement."""
	codes, places = tuple(set(items)), tuple(set(names))
	if not (codes and places):
		return {}
	rows = frappe.db.sql(
		"""select item_code, warehouse, actual_qty - reserved_stock from `tabBin`
		where item_code in %s and warehouse in %s""",
		(codes, places),
	)
	return {(item, warehouse): qty for item, warehouse, qty in rows}


def free_of_bins(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""What is on hand and not locked in these Bins, in stock UOM; never below zero. At most one statement."""
	wanted = set(keys)
	free = free_stock((item for item, _ in wanted), (warehouse for _, warehouse in wanted))
	return {key: max(free.get(key, 0.0), 0.0) for key in wanted}


def ship_to(shipping: str | None, billing: str | None, customer: str | None) -> Place | None:
	"""Where an order goes: its shipping address, else its billing address; None without coordinates.

	An order that has not been given its addresses yet (None) goes where ERPNext will send it: to the
	customer's own. One statement.
	"""
	rows = frappe.db.sql(
		"""select address.name, address.is_shipping_address, address.address_type = 'Shipping',
			address.swf_latitude, address.swf_longitude
		from `tabAddress` address
		where address.name in (%(shipping)s, %(billing)s)
			or %(shipping)s is null and address.disabled = 0 and address.name in (
				select link.parent from `tabDynamic Link` link
				where link.parenttype = 'Address' and link.link_doctype = 'Customer'
					and link.link_name = %(customer)s)
		order by address.is_primary_address desc""",
		{"shipping": shipping, "billing": billing, "customer": customer},
	)
	places = {name: _place(latitude, longitude) for name, *_flags, latitude, longitude in rows}
	if shipping is None:
		shipping = _default_shipping(rows)
		billing = billing if billing is not None else next((row[0] for row in rows), None)
	return places.get(shipping or billing)


def _default_shipping(rows: Iterable[tuple]) -> str | None:
	"""ERPNext's choice (accounts.party.get_party_shipping_address): the marked address, else the only one."""
	marked = [name for name, is_shipping, *_rest in rows if is_shipping]
	of_type = [name for name, is_shipping, is_type, *_rest in rows if is_shipping or is_type]
	if marked:
		return marked[0]
	return of_type[0] if len(of_type) == 1 else None


def _place(latitude: float | None, longitude: float | None) -> Place | None:
	"""Frappe keeps an empty number as 0, and nobody ships from the Gulf of Guinea."""
	return (latitude, longitude) if latitude or longitude else None
