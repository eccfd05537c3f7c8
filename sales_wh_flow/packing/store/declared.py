"""What couriers and customs ask of goods in boxes: dangerous goods, tariff numbers, money to collect."""

from collections.abc import Iterable

import frappe


def dangerous_in(boxes: Iterable[str]) -> list[tuple[str, str, str, str, str, int]]:
	"""(box, UN number, shipping name, class, packing group, limited quantity) of what lies in these boxes."""
	return frappe.db.sql(
		"""select distinct content.parent, item.swf_un_number, coalesce(item.swf_shipping_name, ''),
			coalesce(item.swf_hazard_class, ''), coalesce(item.swf_packing_group, ''),
			coalesce(item.swf_is_limited_quantity, 0)
		from `tabOrder Box Item` content join `tabItem` item on item.name = content.item_code
		where content.parenttype = 'Order Box' and content.parent in %s
			and coalesce(item.swf_un_number, '') <> ''
		order by content.parent, item.swf_un_number""",
		(tuple(boxes) or ("",),),
	)


def collected_with(boxes: Iterable[str]) -> list[tuple[str, float, str]]:
	"""(box, amount, currency) of boxes whose receiver pays at the door."""
	return frappe.db.sql(
		"""select box.name, box.cod_amount, company.default_currency from `tabOrder Box` box
		join `tabCompany` company on company.name = box.company
		where box.name in %s and box.cod_amount > 0""",
		(tuple(boxes) or ("",),),
	)


def tariff_of(items: Iterable[str]) -> dict[str, tuple[str, str]]:
	"""{item: (tariff number, country of origin)}, of those that have one."""
	rows = frappe.db.sql(
		"""select name, coalesce(customs_tariff_number, ''), coalesce(country_of_origin, '') from `tabItem`
		where name in %s and coalesce(customs_tariff_number, '') <> ''""",
		(tuple(items) or ("",),),
	)
	return {name: (number, origin) for name, number, origin in rows}
