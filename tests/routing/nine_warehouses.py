"""A company with its nine warehouses on the site, and the five strategies checked on its orders.

What is best is found here by trying everything, from the stock and the places as the site has them, without
the planner: 512 sets of warehouses, and for each line every choice of up to three of a set.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from math import inf

import pytest

import frappe
from frappe.utils import flt

from sales_wh_flow.base.said import worded
from sales_wh_flow.routing.rules import STRATEGIES, distance_km
from sales_wh_flow_demo.dataset import DataSet, Order
from sales_wh_flow_demo.loading import company as loading
from sales_wh_flow_demo.loading import customers, goods, orders
from sales_wh_flow_demo.loading.records import Records
from tests.factories import company, make_routing_rule
from tests.site import set_switches, start_afresh

LINES, MAX_SPLITS = 4, 3
PER_KM = 0.01


def part_of(data: DataSet, count: int) -> DataSet:
	"""The data's first ``count`` orders of several lines, with the goods and customers of just those, as the
	site's own company would have them; every name is new.
	"""
	new = frappe.generate_hash(length=6)
	items = {item.code: item for item in data.items}
	chosen = [_in_stock_units(order, items, new) for order in data.orders if len(order.lines) > 1][:count]
	codes = {line.item for order in chosen for line in order.lines}
	buyers = {order.customer for order in chosen}
	own = company()
	return replace(
		data,
		company=replace(data.company, name=own.name, abbr=own.abbr, currency=own.currency),
		warehouses=tuple(replace(it, name=f"{it.name} {new}") for it in data.warehouses),
		items=tuple(
			replace(it, code=f"{it.code} {new}", tracking="")
			for it in data.items
			if f"{it.code} {new}" in codes
		),
		stock=tuple(
			replace(it, item=f"{it.item} {new}", warehouse=f"{it.warehouse} {new}", batch="", serial_no="")
			for it in data.stock
			if f"{it.item} {new}" in codes
		),
		customers=tuple(
			replace(it, name=f"{it.name} {new}", credit_limit=0.0, currency="")
			for it in data.customers
			if f"{it.name} {new}" in buyers
		),
		orders=tuple(chosen),
		people=(),
	)


def _in_stock_units(order: Order, items, new: str) -> Order:
	"""The order's first lines, each of another item: boxes that can't be cut are another test's."""
	lines = {line.item: line for line in order.lines if line.qty > 0}
	return replace(
		order,
		name=f"{order.name} {new}",
		customer=f"{order.customer} {new}",
		courier="",
		service="",
		exchange_rate=1.0,
		currency=company().currency,
		lines=tuple(
			replace(
				line,
				item=f"{line.item} {new}",
				uom=items[line.item].uom,
				qty=round(line.qty * items[line.item].factor(line.uom), 1),
				price=float(round(line.price) or 1),
				list_price=float(round(line.price) or 1),
			)
			for line in list(lines.values())[:LINES]
		),
	)


def routes(data: DataSet) -> dict[str, list["Routed"]]:
	"""{strategy: the orders as the site routes them}; the loader's records are undone afterwards."""
	commit, frappe.db.commit = frappe.db.commit, lambda: None
	try:
		set_switches(routing=True)
		frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)
		records = Records(data)
		loading.make_warehouses(records)
		loading.make_price_list(records)
		goods.make_items(records)
		goods.make_stock(records)
		customers.make(records)
		nine = Nine(records)
		return {strategy: nine.routed(strategy) for strategy in STRATEGIES}
	finally:
		frappe.db.commit = commit
		start_afresh()


@dataclass(frozen=True)
class Place:
	"""A candidate with its costs. ``rank``: against the alphabet, so that no order of names passes for it."""

	name: str
	rank: int
	at: tuple[float, float]
	per_order: float
	per_line: float


class Nine:
	"""The warehouses of a loaded company as the site knows them, and its orders, routed by one rule."""

	def __init__(self, records: Records):
		self.records = records
		rows = frappe.get_all(
			"Warehouse",
			{"name": ("in", [records.warehouse(it.name) for it in records.data.warehouses])},
			["name", "swf_latitude", "swf_longitude"],
			order_by="name desc",
		)
		self.places = [
			Place(row.name, rank, (row.swf_latitude, row.swf_longitude), 2.0 + rank % 4, 0.5 + rank % 3)
			for rank, row in enumerate(rows, 1)
		]
		self.stock = {
			(row.item_code, row.warehouse): flt(row.actual_qty)
			for row in frappe.get_all(
				"Bin",
				{"warehouse": ("in", [it.name for it in self.places])},
				["item_code", "warehouse", "actual_qty"],
			)
		}

	def routed(self, strategy: str) -> list["Routed"]:
		"""A draft of every order as the site routes it."""
		frappe.db.sql("update `tabWarehouse Routing Rule` set enabled = 0")
		frappe.db.delete("Sales Order", {"po_no": ("in", [it.name for it in self.records.data.orders])})
		rule = make_routing_rule(*((it.name, it.rank) for it in self.places), strategy=strategy)
		for row, place in zip(rule.candidates, self.places, strict=True):
			row.update(
				{
					"handling_per_order": place.per_order,
					"handling_per_line": place.per_line,
					"freight_per_km": PER_KM,
				}
			)
		rule.save()
		return [
			Routed(self, order, frappe.get_doc("Sales Order", orders.write(self.records, order)))
			for order in self.records.data.orders
		]


class Routed:
	"""A draft, beside what could be done with its lines."""

	def __init__(self, nine: Nine, order: Order, doc):
		assert len(nine.places) == 9
		self.nine, self.doc = nine, doc
		self.needed = {line.item: line.qty for line in order.lines}
		address = frappe.get_doc("Address", doc.shipping_address_name or doc.customer_address)
		self.to = (flt(address.swf_latitude), flt(address.swf_longitude))

	def rows(self, item: str) -> list:
		return [row for row in self.doc.items if row.item_code == item]

	def served(self, item: str) -> float:
		"""How much of an item the rows' warehouses have."""
		stock = self.nine.stock
		return sum(min(stock.get((item, row.warehouse), 0.0), flt(row.stock_qty)) for row in self.rows(item))

	def best_served(self, item: str) -> float:
		return max(self._served(item, chosen) for chosen in self._choices(self.nine.places))

	def holders(self, item: str) -> list[Place]:
		"""Who has all that is needed of an item."""
		stock = self.nine.stock
		return [it for it in self.nine.places if stock.get((item, it.name), 0.0) >= self.needed[item]]

	def km(self, place: Place) -> float:
		"""Infinite without coordinates."""
		return distance_km(place.at, self.to) if any(self.to) and any(place.at) else inf

	@property
	def parcels(self) -> set[str]:
		"""Warehouses that send something now."""
		stock = self.nine.stock
		return {row.warehouse for row in self.doc.items if stock.get((row.item_code, row.warehouse), 0.0) > 0}

	@property
	def cost(self) -> float:
		places = {it.name: it for it in self.nine.places}
		lines = sum(
			places[row.warehouse].per_line
			for row in self.doc.items
			if self.nine.stock.get((row.item_code, row.warehouse), 0.0) > 0
		)
		return round(lines + sum(self.opening(places[name]) for name in self.parcels), 4)

	def opening(self, place: Place) -> float:
		"""What is paid for a parcel; a place nobody knows counts as the farthest known one."""
		known = [km for it in self.nine.places if (km := self.km(it)) < inf]
		return place.per_order + PER_KM * min(self.km(place), max(known, default=0.0))

	def best(self) -> tuple[int, float]:
		"""(fewest parcels, least cost) of all plans that serve as much as can be served."""
		most = {item: self.best_served(item) for item in self.needed}
		ways = {
			item: [
				(frozenset(it.name for it in chosen), sum(it.per_line for it in chosen))
				for chosen in self._choices(self.nine.places)
				if most[item] and self._served(item, chosen) >= most[item] - 1e-9
			]
			for item in self.needed
		}
		fewest, least = len(self.nine.places) + 1, inf
		for size in range(len(self.nine.places) + 1):
			for chosen in combinations(self.nine.places, size):
				names = frozenset(it.name for it in chosen)
				lines = [
					min((cost for places, cost in found if places <= names), default=None)
					for found in ways.values()
					if found
				]
				if None not in lines:
					fewest = min(fewest, size)
					least = min(least, sum(lines) + sum(self.opening(it) for it in chosen))
		return fewest, round(least, 4)

	def _choices(self, places) -> Iterator[tuple[Place, ...]]:
		for count in range(1, MAX_SPLITS + 1):
			yield from combinations(places, count)

	def _served(self, item: str, chosen: tuple[Place, ...]) -> float:
		stock = self.nine.stock
		return min(sum(stock.get((item, it.name), 0.0) for it in chosen), self.needed[item])


def check_serves_all_it_can(routed: list[Routed]) -> None:
	"""Nothing is lost, nothing is promised twice, and what can be served is served."""
	for one in routed:
		for item, needed in one.needed.items():
			assert sum(flt(row.stock_qty) for row in one.rows(item)) == pytest.approx(needed)
			assert one.served(item) == pytest.approx(one.best_served(item))
			assert all(row.swf_route_reason for row in one.rows(item))


def check_order(routed: list[Routed], key) -> None:
	"""A line that one warehouse has all of goes to the first of those by ``key``."""
	checked = 0
	for one in routed:
		for item in one.needed:
			if holders := one.holders(item):
				assert [row.warehouse for row in one.rows(item)] == [min(holders, key=key(one)).name]
				checked += 1
	assert checked


def check_balance(routed: list[Routed]) -> None:
	"""Each line of an order goes to who has least to do by then; one alone who has it gets it anyway."""
	checked = 0
	for one in routed:
		load = dict.fromkeys((it.name for it in one.nine.places), 0)
		for item in one.needed:
			names = [row.warehouse for row in one.rows(item)]
			if holders := one.holders(item):
				assert names == [min(holders, key=lambda it: (load[it.name], it.rank)).name]
				checked += len(holders) > 1
			for name in names:
				load[name] += 1
	assert checked


def check_fewest(routed: list[Routed]) -> None:
	for one in routed:
		told = [
			(row.item_code, row.warehouse, row.stock_qty, worded(row.swf_route_reason))
			for row in one.doc.items
		]
		assert len(one.parcels) == one.best()[0], (one.parcels, one.best(), told)


def check_cheapest(routed: list[Routed]) -> None:
	for one in routed:
		told = [
			(row.item_code, row.warehouse, row.stock_qty, worded(row.swf_route_reason))
			for row in one.doc.items
		]
		assert one.cost == one.best()[1], (one.cost, one.best(), told)


CHECKS = {
	"By Rank": lambda routed: check_order(routed, lambda one: lambda it: it.rank),
	"Nearest": lambda routed: check_order(routed, lambda one: lambda it: (one.km(it), it.rank)),
	"Balance Load": check_balance,
	"Fewest Splits": check_fewest,
	"Cheapest": check_cheapest,
}
"""What each strategy promises, by its name."""


def check(found: dict[str, list[Routed]], strategy: str) -> None:
	check_serves_all_it_can(found[strategy])
	CHECKS[strategy](found[strategy])
