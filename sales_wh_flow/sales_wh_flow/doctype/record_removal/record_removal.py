from sales_wh_flow.base.records import Record


class RecordRemoval(Record):
	"""Who took records away by the road of maintenance: see base/records.py."""
