"""What the flow is told: couriers, approval rules and routing rules."""

from sales_wh_flow_demo.dataset import RoutingRule, Warehouse
from sales_wh_flow_demo.loading.records import Records, with_bar


def make(records: Records) -> None:
	data = records.data
	for courier in with_bar("Couriers", data.couriers):
		services = [
			{"service": row.name, "transit_days": row.transit_days} for row in courier.services if row.name
		]
		if any(not row.name for row in courier.services):
			records.note(
				f"couriers.csv: a site keeps days by service; those of {courier.name} alone are left out"
			)
		values = {"courier_name": courier.name, "tracking_url": courier.tracking_url, "services": services}
		records.make("Courier", {**values, "enabled": 1}, courier.name)
	for rule in with_bar("Approval rules", data.approval_rules):
		records.make(
			"Order Approval Rule",
			{
				"title": rule.name,
				"enabled": 1,
				"criterion": rule.criterion,
				"threshold": rule.threshold,
				"company": records.company,
				"customer_group": rule.customer_group,
				"approvers": [{"level": 1, "kind": "Role", "role": rule.approver_role}],
				"allow_own_order": int(rule.allows_own_order),
			},
			rule.name,
		)
	places = {row.name: row for row in data.warehouses}
	for routing in with_bar("Routing rules", data.routing_rules or (_any_warehouse(records),)):
		records.make(
			"Warehouse Routing Rule",
			{
				"title": routing.name,
				"enabled": 1,
				"priority": routing.priority,
				"max_splits": routing.max_splits,
				"strategy": routing.strategy,
				"max_warehouses": routing.max_warehouses,
				"min_part": routing.min_part_pct,
				"min_share": routing.min_share_pct,
				"min_parcel": routing.min_parcel,
				"ship_complete": routing.ship_complete,
				"company": records.company,
				"of_customer_group": routing.customer_group,
				"candidates": [_candidate(records, places[name], rank) for name, rank in routing.candidates],
			},
			routing.name,
		)


def _candidate(records: Records, place: Warehouse, rank: int) -> dict:
	return {
		"warehouse": records.warehouse(place.name),
		"rank": rank,
		"handling_per_order": place.per_order,
		"handling_per_line": place.per_line,
		"freight_per_km": place.per_km,
	}


def _any_warehouse(records: Records) -> RoutingRule:
	candidates = tuple((row.name, 1) for row in records.data.warehouses)
	return RoutingRule(f"{records.company}: any warehouse", candidates)
