"""Rows as the desk sends them."""

from sales_wh_flow.base import border

STOCK_ROWS = border.records(
	item_code=border.perhaps(border.name),
	warehouse=border.perhaps(border.name),
	qty=border.perhaps(border.number),
)
