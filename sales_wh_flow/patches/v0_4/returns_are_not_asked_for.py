"""With Stock Lock on nobody asks for what came back and is not sent again: ERPNext's setting and figure say
so, and Bins are brought in step. May run again.
"""

from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.patches.v0_4 import return_figures
from sales_wh_flow.stock_lock import repair
from sales_wh_flow.stock_lock.store import open_demand


def execute() -> None:
	if is_on(STOCK_LOCK):
		open_demand.leave_returns_out()
		return_figures.execute()
		repair.mend_demands()
