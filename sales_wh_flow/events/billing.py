"""Invoices and payments move an order's flow status."""

from sales_wh_flow.flow import refresh_status


def on_invoice(doc, method=None):
	refresh_status.of_rows(doc, "items", "sales_order")


def on_payment(doc, method=None):
	refresh_status.of_paid_orders(doc)


def on_packing_slip(doc, method=None):
	refresh_status.of_packing_slip(doc)
