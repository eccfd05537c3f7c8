from sales_wh_flow.base.records import Record


class PackedQuantity(Record):
	"""How much of one row of a Pick List lies in boxes that have not left: see packing/store/packed.py.

	Its name is the row's. It is kept apart from the row, so that nobody who saves a Pick List writes it back.
	"""
