from sales_wh_flow.base.records import Record


class BoxEvent(Record):
	"""One thing that happened to a box: see packing/change_state.py."""
