"""What a folder leaves open without being wrong: where it decides less than its files look like."""

from collections import Counter
from collections.abc import Iterable

from sales_wh_flow.routing.rules.facts import CHEAPEST
from sales_wh_flow_demo.dataset import DataSet
from sales_wh_flow_demo.sentences import counted

_MOST_NAMES = 5


def about(data: DataSet) -> Iterable[str]:
	"""A sentence for each thing that a user should know but need not mend."""
	yield from _places(data)
	if data.freight:
		yield from _zones(data)
		yield from _costs(data)


def _places(data: DataSet) -> Iterable[str]:
	for file, noun, rows in (
		("warehouses.csv", "warehouse", data.warehouses),
		("customers.csv", "customer", data.customers),
	):
		without = sum(row.latitude is None for row in rows)
		if without:
			yield (
				f"{file}: {counted(without, noun)} of {len(rows):,} without latitude and longitude;"
				" where no distance is known, ranks and then names of warehouses decide"
			)


def _zones(data: DataSet) -> Iterable[str]:
	known = {row.zone for row in data.freight}
	unknown = Counter(row.zone for row in data.customers if row.zone not in known)
	without = unknown.pop("", 0)
	if without:
		customers = counted(without, "customer")
		yield f"customers.csv: {customers} without a zone; freight.csv says nothing about them"
	if unknown:
		named = ", ".join(sorted(unknown)[:_MOST_NAMES]) + (", …" if len(unknown) > _MOST_NAMES else "")
		customers = counted(unknown.total(), "customer")
		yield f"freight.csv: no row for {counted(len(unknown), 'zone')} of {customers}: {named}"


def _costs(data: DataSet) -> Iterable[str]:
	has_costs = any(row.per_parcel or row.per_kg for row in data.freight)
	if has_costs and not any(rule.strategy == CHEAPEST for rule in data.routing_rules):
		yield ("freight.csv: no routing rule has the strategy Cheapest, so parcel costs choose no warehouse")
