from sales_wh_flow.base.records import Record


class StageDuration(Record):
	pass
