"""What each row of a big site's tables says, as SQL over a sequence of numbers."""

import frappe

ITEMS, PLACES = 2_000, 5
QTY = 5
"""Of each line, in stock UOM."""

DEMAND_OF_BINS = """update `tabBin` bin left join (
		select item_code, warehouse, sum(stock_qty) qty from `tabSales Order Item`
		where name like 'BIG-%' and delivered_qty = 0 group by item_code, warehouse
	) asked on asked.item_code = bin.item_code and asked.warehouse = bin.warehouse
	set bin.reserved_qty = coalesce(asked.qty, 0) where bin.name like 'BIG-%'"""
"""What the open lines ask for, once they are all there."""

_ORDER = "concat('BIG-', lpad(n.seq, 8, '0'))"
_ROW = f"concat({_ORDER}, '-', l.seq)"
_ITEM = "concat('BIG-', (n.seq * 7 + l.seq * 13) % {items})"
_FOR_EACH_ORDER = "seq_1_to_{orders} n"
_FOR_EACH_LINE = "seq_1_to_{orders} n, seq_1_to_4 l"


def rows_of_tables(places: list[str], orders: int):
	"""(DocType, FROM, {column: SQL}) of every table, in the order in which they are filled."""
	names = ", ".join(map(frappe.db.escape, places))
	place = f"elt(1 + (n.seq div 20) % {PLACES}, {names})"
	item = _ITEM.format(items=ITEMS)
	is_open = f"(n.seq > {orders * 23 // 25} or n.seq % 50 = 0)"
	waits = f"({is_open} and (n.seq div 50) % 2 = 0)"
	stamp = f"now(6) - interval ({orders} - n.seq) * 900 div {orders} day - interval (n.seq % 3600) second"
	stamps = {"creation": stamp, "modified": stamp}
	of_bin = {"item_code": "concat('BIG-', n.seq)"}
	there = f"elt(l.seq, {names})"
	bins = "seq_0_to_1999 n, seq_1_to_5 l"
	yield (
		"Item",
		"seq_0_to_1999 n",
		{"name": "concat('BIG-', n.seq)", **of_bin, "item_name": "concat('Item ', n.seq)"},
	)
	status = f"if({is_open}, 'To Deliver and Bill', 'Completed')"
	flow = f"if({waits}, 'Waiting for Stock', if({is_open}, 'Locked', 'Delivered'))"
	yield (
		"Sales Order",
		_FOR_EACH_ORDER,
		{
			"name": _ORDER,
			**stamps,
			"transaction_date": f"date({stamp})",
			"delivery_date": "curdate() - interval 20 day + interval (n.seq % 61) day",
			"status": status,
			"swf_flow_status": flow,
			"per_delivered": f"if({is_open}, 0, 100)",
			"per_billed": f"if({is_open}, 0, 100)",
		},
	)
	yield (
		"Sales Order Item",
		_FOR_EACH_LINE,
		{
			**{
				"name": _ROW,
				"parent": _ORDER,
				"idx": "l.seq",
				"item_code": item,
				"warehouse": place,
				**stamps,
			},
			"delivery_date": "curdate() - interval 20 day + interval (n.seq % 61) day",
			"delivered_qty": f"if({is_open}, 0, {QTY})",
			"billed_amt": f"if({is_open}, 0, src.amount)",
			"stock_reserved_qty": f"if({waits}, 0, {QTY})",
		},
	)
	yield (
		"Stock Reservation Entry",
		_FOR_EACH_LINE,
		{
			**{
				"name": "concat('BIG-SRE-', n.seq, '-', l.seq)",
				"item_code": item,
				"warehouse": place,
				**stamps,
			},
			"voucher_no": _ORDER,
			"voucher_detail_no": _ROW,
			"reserved_qty": str(QTY),
			"docstatus": f"if({waits}, 2, 1)",
			"delivered_qty": f"if({is_open}, 0, {QTY})",
			"status": f"if({waits}, 'Cancelled', if({is_open}, 'Reserved', 'Delivered'))",
		},
	)
	event = {
		**{"item_code": item, "warehouse": place, **stamps, "happened_on": stamp},
		**{"sales_order": _ORDER, "sales_order_item": _ROW},
		"reservation": "concat('BIG-SRE-', n.seq, '-', l.seq)",
	}
	yield (
		"Stock Lock Event",
		_FOR_EACH_LINE,
		{"name": "concat('BIG-L-', n.seq, '-', l.seq)", **event, "qty_stock": str(QTY)},
	)
	yield (
		"Stock Lock Event",
		_FOR_EACH_LINE,
		{
			"name": "concat('BIG-R-', n.seq, '-', l.seq)",
			**event,
			"event": f"if({is_open} and not ({waits}), 'Warned', 'Released')",
			"qty_stock": f"if({is_open} and not ({waits}), 0, -{QTY})",
		},
	)
	yield (
		"Order Approval",
		"seq_1_to_{orders} n, seq_1_to_2 l",
		{
			"name": "concat('BIG-A-', n.seq, '-', l.seq)",
			**stamps,
			"sales_order": _ORDER,
			"requested_on": stamp,
			"decided_on": f"{stamp} + interval 5 hour",
			"decided_by": "'Administrator'",
			"requested_by": "'Administrator'",
		},
	)
	locked = f"""coalesce((select sum(sre.reserved_qty) from `tabStock Reservation Entry` sre
		where sre.docstatus = 1 and sre.status = 'Reserved' and sre.item_code = concat('BIG-', n.seq)
		and sre.warehouse = {there}), 0)"""
	on_hand = f"{locked} + if(n.seq % 100 = 0, 3, 0)"
	figures = {"name": "concat('BIG-', n.seq, '-', l.seq)", **of_bin, "warehouse": there}
	yield "Bin", bins, {**figures, "actual_qty": on_hand, "reserved_stock": locked}
	yield "Stock Ledger Entry", bins, {**figures, "qty_after_transaction": on_hand, "actual_qty": on_hand}
