"""Which warehouse sends how many order lines to which address, and where both lie."""

from collections.abc import Collection, Iterable
from typing import Any

import frappe
from frappe.utils import flt

from sales_wh_flow.figures.rules.order_map import Sent, Spot
from sales_wh_flow.routing.store.rules import place_at, prefixes

_MOST_PAIRS = 20_000


def lines_by_address(visible: str, since: str, company: str | None) -> list[Sent]:
	"""Lines of submitted orders since then, of those the reader may see; one statement.

	``visible``: a finished SQL condition on ``tabSales Order``.
	"""
	more = f"and ({visible.replace('%', '%%')})" if visible else ""
	rows = frappe.db.sql(
		f"""select soi.warehouse, coalesce(nullif(`tabSales Order`.shipping_address_name, ''),
				nullif(`tabSales Order`.customer_address, ''), '') address, count(*), sum(soi.stock_qty)
		from `tabSales Order` join `tabSales Order Item` soi on soi.parent = `tabSales Order`.name
		where `tabSales Order`.docstatus = 1 and `tabSales Order`.transaction_date >= %(since)s
			and coalesce(soi.warehouse, '') <> '' and soi.delivered_by_supplier = 0
			and (%(company)s is null or `tabSales Order`.company = %(company)s) {more}
		group by soi.warehouse, address order by 3 desc limit {_MOST_PAIRS}""",
		{"since": since, "company": company or None},
	)
	return [Sent(warehouse, address, int(lines), flt(units)) for warehouse, address, lines, units in rows]


def spots_of_warehouses(names: Collection[str]) -> dict[str, Spot]:
	"""{warehouse: where it lies} of those of which that is known; two statements at most."""
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select warehouse.name, warehouse.swf_latitude, warehouse.swf_longitude,
			coalesce(company.country, ''), coalesce(warehouse.pin, '')
		from `tabWarehouse` warehouse left join `tabCompany` company on company.name = warehouse.company
		where warehouse.name in %s""",
		(tuple(names),),
	)
	return _known(rows)


def spots_of_addresses(names: Collection[str]) -> dict[str, tuple[Spot, str]]:
	"""{address: (where it lies, its town)} of those of which that is known; two statements at most."""
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select name, swf_latitude, swf_longitude, coalesce(country, ''), coalesce(pincode, ''),
			coalesce(city, '') from `tabAddress` where name in %s""",
		(tuple(names),),
	)
	spots = _known(row[:5] for row in rows)
	return {row[0]: (spots[row[0]], row[5]) for row in rows if row[0] in spots}


def _known(rows: Iterable[Any]) -> dict[str, Spot]:
	"""By its own coordinates, else of the longest listed beginning of its postcode."""
	found, codes = {}, {}
	for name, latitude, longitude, country, postcode in rows:
		own = place_at(flt(latitude), flt(longitude))
		if own:
			found[name] = own
		else:
			codes[name] = [f"{land} {code}" for land, code in prefixes(country, postcode)]
	listed = _listed({code for some in codes.values() for code in some})
	for name, some in codes.items():
		spot = next((listed[code] for code in some if code in listed), None)
		if spot:
			found[name] = spot
	return found


def _listed(codes: set[str]) -> dict[str, Spot]:
	if not codes:
		return {}
	rows = frappe.db.sql(
		"select name, latitude, longitude from `tabPostcode Place` where name in %s", (tuple(codes),)
	)
	return {name: (flt(latitude), flt(longitude)) for name, latitude, longitude in rows}
