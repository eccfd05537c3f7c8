from sales_wh_flow.base.records import Record


class OrderStageLog(Record):
	"""From when to when an order was in one stage: see order/store/stage_log.py."""
