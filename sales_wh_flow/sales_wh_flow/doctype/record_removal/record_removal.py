from sales_wh_flow.store.records import Record


class RecordRemoval(Record):
	"""Who took records away by the road of maintenance: see store/records.py."""
