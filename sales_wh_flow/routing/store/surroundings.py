"""Stock of an order's items, and all that lies around it: zones, days off, lines that leave, postcodes.

Two statements whatever the order. Plain reads: a draft's warehouses are a proposal, and what is really there
is decided when stock is locked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe.utils import add_days, cint, flt, getdate

from sales_wh_flow.base import there
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.order.store.warehouses import WAREHOUSE_COLUMNS, WarehouseRow, warehouse_row
from sales_wh_flow.routing.rules import Place
from sales_wh_flow.routing.rules.zones import Area, Rate
from sales_wh_flow.routing.store.rules import prefixes
from sales_wh_flow.stock_lock.store import pos_sales
from sales_wh_flow.stock_lock.store.incoming import incoming_sql

_HOLIDAYS_AHEAD = 120
"""Days for which holidays are read: promises lie nearer than that."""


@dataclass(frozen=True, slots=True)
class Around:
	"""Zones, days off by list, lines that leave by warehouse and day, named warehouses, postcode places.

	``transit_days``: of the order's courier service, for where no zone says; None where it does not either.
	"""

	areas: tuple[Area, ...] = ()
	rates: tuple[Rate, ...] = ()
	days_off: dict[str, set[date]] = field(default_factory=dict)
	leaving: dict[str, dict[date, int]] = field(default_factory=dict)
	warehouses: dict[str, WarehouseRow] = field(default_factory=dict)
	places: dict[tuple[str, str], Place] = field(default_factory=dict)
	transit_days: int | None = None

	def place(self, country: str, postcode: str) -> Place | None:
		"""Of the longest listed beginning of the postcode."""
		return next(
			(self.places[key] for key in prefixes(country, postcode) if key in self.places),
			None,
		)


@dataclass(frozen=True, slots=True)
class BinAround:
	"""``owed``: locked, or asked for by submitted orders."""

	on_hand: float = 0.0
	owed: float = 0.0
	incoming: tuple[tuple[date, float, str], ...] = ()


_AROUND = f"""
select 'area', json_array(zone.name, zone.priority, area.in_country, area.state, area.postcode)
from `tabDelivery Zone Area` area join `tabDelivery Zone` zone on zone.name = area.parent and zone.enabled = 1
where area.parenttype = 'Delivery Zone'
union all
select 'rate', json_array(zone.name, leaf.name, rate.courier, rate.service, rate.freight,
	rate.freight_per_kg, rate.transit_days, rate.above_weight, rate.up_to_weight)
from `tabDelivery Zone Rate` rate join `tabDelivery Zone` zone on zone.name = rate.parent and zone.enabled = 1
left join `tabWarehouse` named on named.name = rate.warehouse
left join `tabWarehouse` leaf on leaf.lft >= named.lft and leaf.rgt <= named.rgt and leaf.is_group = 0
where rate.parenttype = 'Delivery Zone' and (leaf.name is not null or coalesce(rate.warehouse, '') = '')
union all
select 'off', json_array(parent, holiday_date)
from `tabHoliday` where parent in %(lists)s and holiday_date between %(today)s and %(until)s
union all
select 'leaving', json_array(warehouse, swf_ships_on, count(*))
from `tabSales Order Item`
where warehouse in %(sending)s and swf_ships_on >= %(today)s and docstatus = 1 and delivered_qty < qty
group by warehouse, swf_ships_on
union all
select 'transit', json_array(transit_days) from `tabCourier Service`
where parent = %(courier)s and service = %(service)s
union all
select 'postcode', json_array(country, postcode, latitude, longitude)
from `tabPostcode Place` where name in %(postcodes)s
union all
select 'warehouse', json_array({WAREHOUSE_COLUMNS.format("warehouse")})
from `tabWarehouse` warehouse left join `tabCompany` company on company.name = warehouse.company
where warehouse.name in %(warehouses)s"""

_STOCK = """
select bin.item_code, bin.warehouse, {now} qty, null due, null document,
	greatest(bin.reserved_stock, bin.reserved_qty) owed
from `tabBin` bin where bin.item_code in %(items)s and bin.warehouse in %(warehouses)s
union all
select coming.item_code, coming.warehouse, coming.qty, coming.due, coming.name, 0 from ({coming}) coming"""
"""What comes in with a later date is on its way, not there."""


def around(
	sending: Iterable[str],
	named: Iterable[str],
	lists: Iterable[str],
	postcodes: Iterable[tuple[str, str]],
	courier: tuple[str, str],
	today: date,
) -> Around:
	"""What lies around an order: one statement.

	``sending``: warehouses whose leaving lines count; ``named``: whose forms are read; ``lists``: of days
	off; ``postcodes``: (country, postcode) of places without coordinates; ``courier``: and its service.
	"""
	codes = {
		f"{land} {code}" for country, postcode in postcodes for land, code in prefixes(country, postcode)
	}
	found = Around(days_off=defaultdict(set), leaving=defaultdict(dict))
	areas, rates, transit_days = [], [], None
	rows = frappe.db.sql(
		_AROUND,
		{
			"sending": _some(sending),
			"warehouses": _some(named),
			"lists": _some(lists),
			"postcodes": _some(codes),
			"courier": courier[0],
			"service": courier[1],
			"today": today,
			"until": add_days(today, _HOLIDAYS_AHEAD),
		},
	)
	for kind, text in rows:
		row = frappe.parse_json(text)
		if kind == "area":
			areas.append(Area(row[0], cint(row[1]), *(words or "" for words in row[2:])))
		elif kind == "rate":
			words = (value or "" for value in row[1:4])
			bands = map(flt, row[7:9])
			rates.append(Rate(*(row[0], *words, flt(row[4]), flt(row[5]), cint(row[6]), *bands)))
		elif kind == "off":
			found.days_off[row[0]].add(getdate(row[1]))
		elif kind == "leaving":
			found.leaving[row[0]][getdate(row[1])] = cint(row[2])
		elif kind == "transit":
			transit_days = cint(row[0])
		elif kind == "postcode":
			found.places[row[0], row[1]] = (flt(row[2]), flt(row[3]))
		else:
			found.warehouses[row[0]] = warehouse_row(row)
	return Around(
		tuple(areas),
		tuple(rates),
		found.days_off,
		found.leaving,
		found.warehouses,
		found.places,
		transit_days,
	)


def stock(items: Iterable[str], warehouses: Iterable[str]) -> dict[BinKey, BinAround]:
	"""What is on hand and not sold by a till, owed and on its way, in stock UOM: at most one statement, two
	where there are tills.

	What is on its way is told of every warehouse; what is on hand of those asked for.
	"""
	codes = tuple({code for code in items if code})
	if not codes:
		return {}
	lying: dict[BinKey, tuple[float, float]] = {}
	coming: dict[BinKey, list[tuple[date, float, str]]] = defaultdict(list)
	query = _STOCK.format(now=there.now_sql("bin"), coming=incoming_sql())
	values = {"items": codes, "warehouses": _some(warehouses), "soon": there.soon_value()}
	rows = frappe.db.sql(query, values)
	for item, warehouse, qty, due, document, owed in rows:
		if document is None:
			lying[item, warehouse] = (flt(qty), flt(owed))
		elif warehouse and due and flt(qty) > 0:
			coming[item, warehouse].append((getdate(due), flt(qty), document))
	sold = pos_sales.seen_at_tills(lying)
	lying |= {key: (lying[key][0] - qty, lying[key][1]) for key, qty in sold.items()}
	return {
		key: BinAround(*lying.get(key, (0.0, 0.0)), tuple(sorted(coming.get(key, ()))))
		for key in lying.keys() | coming.keys()
	}


def _some(names: Iterable[str]) -> tuple[str, ...]:
	"""For ``in``, which takes no empty list."""
	return tuple({name for name in names if name}) or ("",)
