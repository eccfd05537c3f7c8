from sales_wh_flow.base.records import Record


class ShortageAction(Record):
	"""What was done about missing stock of one line: see shortage/store/actions.py."""
