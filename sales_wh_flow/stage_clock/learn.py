"""Learn from the stage log how long this company's orders take."""

from frappe.utils import add_days, cint, getdate, nowdate

from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.order.store import stage_durations
from sales_wh_flow.stage_clock.rules import durations
from sales_wh_flow.stage_clock.store import lives

_DAYS_BACK = 365
"""What is older tells of another company."""


def learn_company(company: str) -> int:
	"""Make a company's table of stage durations anew; returns how many rows it has."""
	since = getdate(add_days(nowdate(), -_DAYS_BACK))
	least = cint(flow_settings().get("forecast_least_orders")) or 1
	table = durations.times_of(lives.lives_of_company(company, since), least)
	stage_durations.write_durations(company, table)
	return len(table)
