from sales_wh_flow.base.records import Record


class DelayAlertEvent(Record):
	pass
