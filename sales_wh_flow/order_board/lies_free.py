"""What an order waits for and lies free for it. An order that lacks nothing is no supplier's delay."""

from sales_wh_flow.order.rules import stages
from sales_wh_flow.order_board.answers import OrderRead
from sales_wh_flow.stock_lock.serving import serve


def tell_what_lies_free(order, seen: OrderRead) -> OrderRead:
	"""The order at a glance with what lies free of what each line waits for. One statement more where it
	waits, none where it does not.
	"""
	keys = {(line["item_code"], line["warehouse"] or "") for line in seen["lines"] if line["waiting"] > 0}
	free = serve.would_get(order.name, keys) if keys else {}
	for line in seen["lines"]:
		line["free"] = min(free.get(line["row"], 0.0), line["waiting"])
	lacks = any(line["free"] < line["waiting"] for line in seen["lines"])
	is_waiting = order.get("swf_stage") == stages.WAITING.name
	return {**seen, "delay": None} if is_waiting and not lacks else seen
