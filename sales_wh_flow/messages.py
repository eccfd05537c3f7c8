"""Refusals under the names they had before, for code that catches them. Gone with the next version."""

from sales_wh_flow.approval.refusals import ApprovalRequired, FiguresChanged
from sales_wh_flow.stock_lock.refusals import StockIsLocked

__all__ = [
	"ApprovalRequired",
	"FiguresChanged",
	"StockIsLocked",
]
