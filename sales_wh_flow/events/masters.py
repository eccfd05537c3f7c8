"""What the flow does when an item, a warehouse or Stock Settings change under its locks."""

from sales_wh_flow.stock_lock import leave_bad_lots
from sales_wh_flow.stock_lock.guard import masters, pos


def before_rename(doc, method=None, *names):
	masters.refuse_merge(doc, *names)


def validate_warehouse(doc, method=None):
	masters.refuse_disabling(doc)


def validate_stock_settings(doc, method=None):
	masters.refuse_contradiction(doc)


def validate_selling_settings(doc, method=None):
	masters.refuse_asking_for_returns(doc)


def batch_changed(doc, method=None):
	leave_bad_lots.batch_changed(doc)


def item_changed(doc, method=None):
	leave_bad_lots.item_changed(doc)


def till_changed(doc, method=None):
	pos.tills_changed()
