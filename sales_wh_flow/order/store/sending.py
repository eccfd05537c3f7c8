"""Which warehouses send goods to customers."""

from collections.abc import Collection

import frappe

_OTHERS = ("default_in_transit_warehouse", "default_wip_warehouse", "default_scrap_warehouse")


def that_send(warehouses: Collection[str]) -> list[str]:
	"""Those that sell, by name: neither in transit nor where production works or rejects. One statement, none
	for none.
	"""
	if not warehouses:
		return []
	rows = frappe.db.sql(
		"""select name, company from `tabWarehouse` where name in %s and swf_is_sellable = 1
			and coalesce(warehouse_type, '') <> 'Transit' and is_rejected_warehouse = 0 order by name""",
		(tuple(warehouses),),
	)
	homes = [frappe.get_cached_doc("Company", company) for company in {row[1] for row in rows}]
	homes.append(frappe.get_cached_doc("Manufacturing Settings"))
	others = {home.get(field) for home in homes for field in _OTHERS}
	return [name for name, _company in rows if name not in others]
