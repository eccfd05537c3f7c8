"""What the flow does when a part of an order's delivery schedule is written or deleted, on ERPNext 16."""

from sales_wh_flow.order_changes import delivery_schedule


def validate(doc, method=None):
	delivery_schedule.check_part_written(doc)


def on_trash(doc, method=None):
	delivery_schedule.check_part_deleted(doc)
