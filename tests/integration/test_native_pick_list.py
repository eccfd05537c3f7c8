"""ERPNext's own Create > Pick List takes what is locked of an order."""

from frappe.model.mapper import make_mapped_doc

from .factories import line, make_item, make_order, make_warehouse, receive


def test_erpnexts_pick_list_of_a_locked_order_holds_what_is_locked(switches):
	switches(stock_lock=True, fulfilment=True)
	item, place = make_item(), make_warehouse()
	receive(item, 6, place)
	order = make_order(line(item, qty=10, warehouse=place), submit=True)

	doc = make_mapped_doc("erpnext.selling.doctype.sales_order.sales_order.create_pick_list", order.name)
	doc.insert()

	assert [(row.item_code, row.warehouse, row.qty) for row in doc.locations] == [(item, place, 6)]
