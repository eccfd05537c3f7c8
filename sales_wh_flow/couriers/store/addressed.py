"""What rates are asked for: parcels of orders and boxes, where they go, and what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import flt


@dataclass(frozen=True, slots=True)
class ToSend:
	"""Goods that leave one warehouse. ``ready``: the day they can leave, None = now; ``key``: the box, or the
	warehouse."""

	key: str
	warehouse: str
	kg: float
	volume_cm3: float = 0.0
	ready: date | None = None


@dataclass(frozen=True, slots=True)
class SentBox:
	"""A box as it is weighed and sent. ``promised``: the first day that a row in it is promised for."""

	name: str
	state: str
	company: str
	warehouse: str
	ship_to: str
	kg: float
	volume_cm3: float
	promised: date | None
	cod_amount: float = 0.0
	is_dangerous: bool = False


def parcels_of_order(order: str) -> list[ToSend]:
	"""A parcel for each warehouse that the open lines of an order leave from."""
	rows = frappe.db.sql(
		"""select sender, sum(weight * greatest(1 - delivered_qty / qty, 0)), max(ready) from (
			select coalesce(nullif(swf_brought_to, ''), warehouse) sender, total_weight weight, qty,
				delivered_qty, swf_ships_on ready
			from `tabSales Order Item`
			where parent = %s and qty > delivered_qty and coalesce(warehouse, '') <> '') line
		group by sender order by sender""",
		order,
	)
	return [ToSend(sender, sender, flt(kg), 0.0, ready) for sender, kg, ready in rows]


def promised_of_order(order: str) -> date | None:
	"""The day on which the last open line of an order is promised."""
	rows = frappe.db.sql(
		"""select max(coalesce(swf_promised_on, delivery_date)) from `tabSales Order Item`
		where parent = %s and qty > delivered_qty""",
		order,
	)
	return rows[0][0] if rows else None


def order_is_dangerous(order: str) -> bool:
	"""Whether an order has dangerous goods; its bundles may hold some."""
	return bool(
		frappe.db.sql(
			"""select 1 from `tabItem` item where coalesce(item.swf_un_number, '') <> '' and (
				item.name in (select item_code from `tabSales Order Item` where parent = %s)
				or item.name in (select item_code from `tabPacked Item` where parent = %s))
			limit 1""",
			(order, order),
		)
	)


def boxes_to_send(names: Sequence[str]) -> list[SentBox]:
	"""Boxes with weight, size and promise. One statement."""
	rows = frappe.db.sql(
		"""select box.name, box.state, box.company, coalesce(box.warehouse, ''), coalesce(box.ship_to, ''),
			coalesce(nullif(box.weighed_kg, 0), box.expected_kg, 0),
			coalesce(box.length_cm * box.width_cm * box.height_cm, 0),
			min(coalesce(line.swf_promised_on, line.delivery_date)), coalesce(box.cod_amount, 0),
			max(coalesce(item.swf_un_number, '') <> '')
		from `tabOrder Box` box
		left join `tabOrder Box Item` content
			on content.parent = box.name and content.parenttype = 'Order Box'
		left join `tabSales Order Item` line on line.name = content.sales_order_item
		left join `tabItem` item on item.name = content.item_code
		where box.name in %s
		group by box.name order by box.name""",
		(tuple(names) or ("",),),
	)
	return [
		SentBox(name, state, company, place, ship_to, flt(kg), flt(volume), day, flt(cod), bool(dangerous))
		for name, state, company, place, ship_to, kg, volume, day, cod, dangerous in rows
	]


def place_of_address(address: str) -> tuple[str, str, str]:
	"""(country, state, postcode); empty for none."""
	rows = frappe.db.sql(
		"""select coalesce(country, ''), coalesce(state, ''), coalesce(pincode, '')
		from `tabAddress` where name = %s""",
		address,
	)
	return rows[0] if rows else ("", "", "")


def holiday_lists(warehouses: Sequence[str]) -> list[str]:
	"""The lists of days on which these warehouses send nothing."""
	rows = frappe.db.sql(
		"""select distinct coalesce(nullif(warehouse.swf_holiday_list, ''), company.default_holiday_list, '')
		from `tabWarehouse` warehouse left join `tabCompany` company on company.name = warehouse.company
		where warehouse.name in %s""",
		(tuple(warehouses) or ("",),),
	)
	return [row[0] for row in rows if row[0]]
