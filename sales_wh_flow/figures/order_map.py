"""The map of the dashboard: where the orders of three months went, from which warehouse."""

from sales_wh_flow.figures import measure
from sales_wh_flow.figures.answers import OrderMap
from sales_wh_flow.figures.rules.order_map import arrange_map
from sales_wh_flow.figures.store import places as store
from sales_wh_flow.order import permissions
from sales_wh_flow.routing.store.places import spots_of_addresses, spots_of_warehouses

MOST = 1000
"""Places that goods go to, drawn at most."""


def draw_map(company: str | None) -> OrderMap:
	"""Of orders and warehouses that the session's user may read; five statements at most, and those that ask
	for rights.
	"""
	since = str(measure.figures_since())
	sent = store.lines_by_address(permissions.orders_visible(), since, company)
	names = permissions.permitted("Warehouse", {it.warehouse for it in sent})
	sent = [it for it in sent if it.warehouse in names]
	spots = spots_of_warehouses(names)
	addresses = spots_of_addresses({it.address for it in sent if it.address})
	drawn = arrange_map(sent, spots, addresses, MOST)
	places = {name: place for place, name in enumerate(drawn.warehouses)}
	return {
		"company": company,
		"since": since,
		"warehouses": [
			{
				"warehouse": name,
				"latitude": spots[name][0],
				"longitude": spots[name][1],
				"lines": lines,
				"units": units,
			}
			for name, (lines, units) in drawn.warehouses.items()
		],
		"ship_tos": [
			{
				"latitude": it.spot[0],
				"longitude": it.spot[1],
				"place": it.name,
				"lines": it.lines,
				"by": [places[name] for name in it.by],
			}
			for it in drawn.places
		],
		"without_place": drawn.without_place,
		"is_cut": len(drawn.places) == MOST,
	}
