from sales_wh_flow.base.records import Record


class DelayAlert(Record):
	pass
