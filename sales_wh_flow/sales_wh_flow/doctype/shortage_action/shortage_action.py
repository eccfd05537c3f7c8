from sales_wh_flow.store.records import Record


class ShortageAction(Record):
	"""What was done about missing stock of one line: see store/shortage_actions.py."""
