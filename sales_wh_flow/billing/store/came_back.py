"""SQL for what came back of a row ``dni`` of a Delivery Note, in the row's unit."""

from sales_wh_flow.order.store.returned import NOT_REFUNDED

BACK = """select sum(-back.qty) from `tabDelivery Note Item` back
			join `tabDelivery Note` note on note.name = back.parent
			where back.dn_detail = dni.name and note.is_return = 1 and note.docstatus = 1"""
"""All of it; a condition on the ``note`` that took it back may follow."""

TO_BE_PAID = f"""coalesce((
				select sum(its.received_qty) from `tabReturn Case Row` its
				join `tabDelivery Note` note on note.name = its.return_note and note.docstatus = 1
				where its.delivery_note_item = dni.name and its.remedy in {NOT_REFUNDED}), 0)"""
"""What of it is to be paid all the same."""
