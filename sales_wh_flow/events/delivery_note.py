"""What the flow does while a Delivery Note lives."""

from sales_wh_flow.flow import approve, changed, dispatch, fit_bundles, refresh_status


def before_validate(doc, method=None):
	dispatch.carry_over(doc)
	fit_bundles.fit(doc)


def validate(doc, method=None):
	dispatch.check_courier(doc)
	changed.check_delivery(doc)


def before_submit(doc, method=None):
	approve.keep_granted_credit_of_orders(doc, "against_sales_order")


def on_submit(doc, method=None):
	dispatch.count_bundles(doc)
	refresh_status.of_rows(doc, "items", "against_sales_order")


def on_cancel(doc, method=None):
	dispatch.count_bundles(doc)
	refresh_status.of_rows(doc, "items", "against_sales_order")


def on_update_after_submit(doc, method=None):
	refresh_status.of_rows(doc, "items", "against_sales_order")
