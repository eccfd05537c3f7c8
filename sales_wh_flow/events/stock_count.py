"""What the flow does when stock is counted; the rest is in events/stock_movement.py."""

from sales_wh_flow.picking import count_task
from sales_wh_flow.stock_lock import who_loses
from sales_wh_flow.stock_lock.serving import make_room


def before_validate(doc, method=None):
	make_room.accept_locked_stock(doc)


def validate(doc, method=None):
	who_loses.check_choice(doc)


def on_submit(doc, method=None):
	count_task.end_counted(doc)


def on_todo(doc, method=None):
	count_task.end_others(doc)
