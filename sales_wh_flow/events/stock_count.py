"""What the flow does when stock is counted; the rest is in events/stock_movement.py."""

from sales_wh_flow.stock_lock import who_loses
from sales_wh_flow.stock_lock.serving import make_room


def before_validate(doc, method=None):
	make_room.accept_locked_stock(doc)


def validate(doc, method=None):
	who_loses.check_choice(doc)
