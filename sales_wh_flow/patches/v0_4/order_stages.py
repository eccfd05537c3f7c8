"""Orders from before the stage log get one, as far as their documents tell. May run again."""

from sales_wh_flow.base.settings import any_on
from sales_wh_flow.stage_clock import jobs


def execute() -> None:
	if any_on():
		jobs.rebuild_log()
