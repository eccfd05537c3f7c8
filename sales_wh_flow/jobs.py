"""Jobs under the names they had, for queues that were filled before the update. Gone with the next
version.
"""

from sales_wh_flow.approval.jobs import (
	follow_people,
	follow_rules,
	press_for_decisions,
	tell_admins_of_broken_rule,
	tell_approvers,
)
from sales_wh_flow.order.jobs import refresh_open_orders
from sales_wh_flow.picking.jobs import serve_short_pick
from sales_wh_flow.reroute.jobs import request_transfers
from sales_wh_flow.shortage.jobs import act_on_shortage
from sales_wh_flow.stock_lock.jobs import expire_locks, repair_drift
from sales_wh_flow.stock_lock.serving.jobs import carry_out, serve_waiting_demand

__all__ = [
	"act_on_shortage",
	"carry_out",
	"expire_locks",
	"follow_people",
	"follow_rules",
	"press_for_decisions",
	"refresh_open_orders",
	"repair_drift",
	"request_transfers",
	"serve_short_pick",
	"serve_waiting_demand",
	"tell_admins_of_broken_rule",
	"tell_approvers",
]
