"""What the flow does when an item, a warehouse or Stock Settings change under its locks."""

from sales_wh_flow.flow import guard_masters


def before_rename(doc, method=None, *names):
	guard_masters.refuse_merge(doc, *names)


def validate_warehouse(doc, method=None):
	guard_masters.refuse_disabling(doc)


def validate_stock_settings(doc, method=None):
	guard_masters.refuse_contradiction(doc)
