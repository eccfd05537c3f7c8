"""What the desk and other programs may call about warehouses and promises."""

import frappe

from sales_wh_flow.base import border
from sales_wh_flow.base.sent_rows import STOCK_ROWS
from sales_wh_flow.routing import availability as line_stock
from sales_wh_flow.routing import three_plans
from sales_wh_flow.routing.answers import LineStock, RoutePlans


@frappe.whitelist(methods=["GET"])
@border.checked()
def route_plans(sales_order: str) -> RoutePlans:
	"""Ways to serve a draft: fewest parcels, earliest, cheapest with transfers; one parcel, later, where no
	other plan sends all in one and one warehouse will have it all. No plan where no rule is for any line that
	may move.
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return three_plans.draw_plans(order)


@frappe.whitelist(methods=["POST"])
@border.checked()
def take_plan(sales_order: str, plan: str) -> None:
	"""Write one of the plans (fewest, fastest, cheapest, later) into the draft and mark its rows as chosen,
	or plan every row by its rule again (rule).
	"""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	three_plans.take_plan(order, plan)


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(rows=STOCK_ROWS)
def availability(company: str, rows: list[dict] | str) -> list[LineStock | None]:
	"""Where the stock for lines is, saved or not; null for what is no stock item. Only warehouses the user
	may see are told. ``rows``: [{"item_code", "warehouse", "qty": stock UOM}].
	"""
	frappe.has_permission("Sales Order", "read", throw=True)
	frappe.has_permission("Item", "read", throw=True)
	return line_stock.show_availability(company, rows)
