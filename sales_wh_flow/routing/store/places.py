"""Where warehouses and addresses lie, as far as anybody can know."""

from collections.abc import Collection, Iterable
from typing import Any

import frappe
from frappe.utils import flt

from sales_wh_flow.routing.rules import Place
from sales_wh_flow.routing.store.rules import place_at, prefixes


def spots_of_warehouses(names: Collection[str]) -> dict[str, Place]:
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


def spots_of_addresses(names: Collection[str]) -> dict[str, tuple[Place, str]]:
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


def _known(rows: Iterable[Any]) -> dict[str, Place]:
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


def _listed(codes: set[str]) -> dict[str, Place]:
	if not codes:
		return {}
	rows = frappe.db.sql(
		"select name, latitude, longitude from `tabPostcode Place` where name in %s", (tuple(codes),)
	)
	return {name: (flt(latitude), flt(longitude)) for name, latitude, longitude in rows}
