"""What the tests of warehouse work share."""

from frappe.utils import add_days, nowdate

from tests.factories import (
	line,
	make_order,
	make_warehouse,
	stocked_in,
)


def order_of(item, qty, warehouse, days=0, **values):
	day = add_days(nowdate(), days)
	values.setdefault("transaction_date", min(day, nowdate()))
	return make_order(
		line(item, qty=qty, warehouse=warehouse, delivery_date=day), delivery_date=day, submit=True, **values
	)


def wave_world(courier=None, orders=3):
	"""Orders of different customers over two items in one warehouse, all for today."""
	warehouse = make_warehouse()
	items = sorted([stocked_in((50, warehouse)), stocked_in((50, warehouse))])
	made = [
		make_order(
			*[line(item, qty=2, warehouse=warehouse, delivery_date=nowdate()) for item in reversed(items)],
			delivery_date=nowdate(),
			submit=True,
			**({"swf_courier": courier, "swf_courier_service": "Express"} if courier else {}),
		)
		for _ in range(orders)
	]
	return warehouse, items, made
