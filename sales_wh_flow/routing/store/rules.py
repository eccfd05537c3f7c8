"""Routing rules with their warehouses, and where an order goes. One statement each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt

from sales_wh_flow.order.store.warehouses import WAREHOUSE_COLUMNS, WarehouseRow, warehouse_row
from sales_wh_flow.routing.rules import Place, RoutingPolicy, Scope, Span


@dataclass(frozen=True, slots=True)
class CandidateRow:
	"""A candidate of a rule, groups replaced by what is below them."""

	warehouse: str
	rank: int
	per_order: float
	per_line: float
	per_km: float
	transfer: float
	transfer_days: int


@dataclass(frozen=True, slots=True)
class Rules:
	"""The enabled rules of a company: policies still without candidates, and their candidates by rule."""

	policies: tuple[RoutingPolicy, ...] = ()
	candidates: dict[str, list[CandidateRow]] = field(default_factory=dict)
	warehouses: dict[str, WarehouseRow] = field(default_factory=dict)
	country: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRow:
	"""Where an order goes, and whose it is. Trees by the ``lft`` of their node."""

	customer_group: int = 0
	territory: int = 0
	preferred_warehouse: str = ""
	ship_complete: str = ""
	country: str = ""
	state: str = ""
	postcode: str = ""
	coordinates: Place | None = None


_RULES = f"""
select rule.name, rule.priority, rule.strategy, rule.max_splits, rule.max_warehouses, rule.ship_complete,
	rule.min_share, rule.consolidate, rule.customer, rule.ship_to_country, rule.ship_to_state,
	rule.ship_to_postcode, rule.item, rule.brand, rule.order_type,
	rule.min_value, rule.max_value, rule.min_weight, rule.max_weight,
	coalesce(cg.lft, 0), coalesce(cg.rgt, 0), coalesce(territory.lft, 0), coalesce(territory.rgt, 0),
	coalesce(ig.lft, 0), coalesce(ig.rgt, 0), company.country,
	candidate.`rank`, candidate.handling_per_order, candidate.handling_per_line, candidate.freight_per_km,
	candidate.transfer_cost, candidate.transfer_days, {WAREHOUSE_COLUMNS.format("leaf")}, rule.min_part,
	rule.min_parcel
from `tabWarehouse Routing Rule` rule
join `tabCompany` company on company.name = rule.company
left join `tabCustomer Group` cg on cg.name = rule.of_customer_group
left join `tabTerritory` territory on territory.name = rule.in_territory
left join `tabItem Group` ig on ig.name = rule.of_item_group
left join (`tabWarehouse Routing Candidate` candidate
	join `tabWarehouse` named on named.name = candidate.warehouse and named.disabled = 0
	join `tabWarehouse` leaf on leaf.lft >= named.lft and leaf.rgt <= named.rgt and leaf.is_group = 0
		and leaf.disabled = 0 and leaf.swf_is_sellable = 1 and leaf.company = %(company)s)
	on candidate.parent = rule.name and candidate.parenttype = 'Warehouse Routing Rule'
where rule.enabled = 1 and rule.company = %(company)s
order by rule.name, candidate.idx, leaf.lft"""


def rules(company: str | None) -> Rules:
	"""The enabled routing rules of a company: one statement.

	Candidates that can't be used any more (disabled, another company's, not selling) are left out; a rule may
	be left without any.
	"""
	found = Rules()
	policies: dict[str, RoutingPolicy] = {}
	country = ""
	for row in frappe.db.sql(_RULES, {"company": company}):
		name, country = row[0], row[25] or ""
		if name not in policies:
			policies[name] = _policy(row)
			found.candidates[name] = []
		if row[32]:
			warehouse = warehouse_row(row[32:])
			found.warehouses[warehouse.name] = warehouse
			found.candidates[name].append(
				CandidateRow(*(warehouse.name, cint(row[26]), *map(flt, row[27:31]), cint(row[31])))
			)
	return Rules(tuple(policies.values()), found.candidates, found.warehouses, country)


_SUPPOSED = f"""
select company.country, {WAREHOUSE_COLUMNS.format("leaf")}
from `tabWarehouse` leaf join `tabCompany` company on company.name = leaf.company
where leaf.name in %(warehouses)s and leaf.company = %(company)s order by leaf.name"""


def suppose_rule(company: str, warehouses: Iterable[str], strategy: str) -> Rules:
	"""As ``rules``, of one rule that nobody has saved: every order, these warehouses, as a new rule proposes
	it. One statement.
	"""
	rows = frappe.db.sql(_SUPPOSED, {"company": company, "warehouses": (*warehouses, "")})
	found = [warehouse_row(row[1:]) for row in rows]
	policy = RoutingPolicy(
		rule=strategy,
		candidates=(),
		priority=0,
		strategy=strategy,
		max_splits=3,
		max_warehouses=2,
		ship_complete="What Is There",
		min_part_pct=10.0,
	)
	return Rules(
		(policy,),
		{strategy: [CandidateRow(one.name, 1, 0.0, 0.0, 0.0, 0.0, 0) for one in found]},
		{one.name: one for one in found},
		(rows[0][0] or "") if rows else "",
	)


def take_over_customer_groups() -> None:
	"""Rules that have no customer group get the one of the column that it stood in before."""
	frappe.db.sql(
		"""update `tabWarehouse Routing Rule` set of_customer_group = customer_group
		where coalesce(of_customer_group, '') = '' and coalesce(customer_group, '') <> ''"""
	)


def keep_parts_of_any_size() -> None:
	"""No rule asks for a least share of a line any more."""
	frappe.db.sql("update `tabWarehouse Routing Rule` set min_part = 0")


def _policy(row: tuple[Any, ...]) -> RoutingPolicy:
	customer, country, state, postcode, item, brand, order_type = (text or "" for text in row[8:15])
	scope = Scope(
		customer=customer,
		customer_group=Span(row[19], row[20]),
		territory=Span(row[21], row[22]),
		country=country,
		state=state,
		postcode=postcode,
		item=item,
		item_group=Span(row[23], row[24]),
		brand=brand,
		order_type=order_type,
		min_value=flt(row[15]),
		max_value=flt(row[16]),
		min_weight_kg=flt(row[17]),
		max_weight_kg=flt(row[18]),
	)
	return RoutingPolicy(
		rule=row[0],
		candidates=(),
		priority=cint(row[1]),
		strategy=row[2],
		max_splits=cint(row[3]),
		max_warehouses=cint(row[4]),
		ship_complete=row[5],
		min_share_pct=flt(row[6]),
		min_part_pct=flt(row[43]),
		min_parcel=flt(row[44]),
		consolidates=bool(row[7]),
		group_depth=row[19],
		scope=scope,
	)


def place_of(doc: Document) -> PlaceRow:
	"""Where an order goes: its shipping address, else its billing address, else none. One statement.

	An order that has not been given its addresses yet (None) goes where ERPNext will send it: to the
	customer's own. Group and territory are the customer's, as a new order still carries the site's defaults.
	"""
	rows = frappe.db.sql(
		"""select coalesce(cg.lft, 0), coalesce(territory.lft, 0), customer.swf_preferred_warehouse,
			customer.swf_ship_complete, address.name, address.is_shipping_address,
			address.address_type = 'Shipping', address.swf_latitude, address.swf_longitude,
			address.country, address.state, address.pincode
		from `tabCustomer` customer
		left join `tabCustomer Group` cg on cg.name = customer.customer_group
		left join `tabTerritory` territory on territory.name = customer.territory
		left join `tabAddress` address on address.name in (%(shipping)s, %(billing)s)
			or %(shipping)s is null and address.disabled = 0 and address.name in (
				select link.parent from `tabDynamic Link` link
				where link.parenttype = 'Address' and link.link_doctype = 'Customer'
					and link.link_name = %(customer)s)
		where customer.name = %(customer)s
		order by address.is_primary_address desc""",
		{
			"customer": doc.customer,
			"shipping": doc.shipping_address_name,
			"billing": doc.customer_address,
		},
	)
	if not rows:
		return PlaceRow()
	shipping, billing = doc.shipping_address_name, doc.customer_address
	addresses = [row[4:] for row in rows if row[4]]
	if shipping is None:
		shipping = _default_shipping(addresses)
		billing = billing if billing is not None else next((row[0] for row in addresses), None)
	chosen = next((row for row in addresses if row[0] == (shipping or billing)), None)
	group, territory, preferred, complete = rows[0][:4]
	if chosen is None:
		return PlaceRow(group, territory, preferred or "", complete or "")
	latitude, longitude, country, state, postcode = chosen[3:]
	return PlaceRow(
		group,
		territory,
		preferred or "",
		complete or "",
		country or "",
		state or "",
		postcode or "",
		place_at(latitude, longitude),
	)


def _default_shipping(rows: Iterable[tuple[Any, ...]]) -> str | None:
	"""ERPNext's choice (accounts.party.get_party_shipping_address): the marked address, else the only one."""
	marked = [name for name, is_shipping, *_rest in rows if is_shipping]
	of_type = [name for name, is_shipping, is_type, *_rest in rows if is_shipping or is_type]
	if marked:
		return marked[0]
	return of_type[0] if len(of_type) == 1 else None


def place_at(latitude: float | None, longitude: float | None) -> Place | None:
	"""Frappe keeps an empty number as 0, and nobody ships from the Gulf of Guinea."""
	return (latitude or 0.0, longitude or 0.0) if latitude or longitude else None


def prefixes(country: str, postcode: str) -> list[tuple[str, str]]:
	"""(country, beginning) of a postcode, the longest first."""
	code = "".join((postcode or "").split()).upper()
	return [(country, code[:length]) for length in range(len(code), 0, -1)] if country else []
