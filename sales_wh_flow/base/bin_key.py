"""How a Bin is named."""

BinKey = tuple[str, str]
"""(item_code, warehouse): the row of ERPNext's Bin, and the order in which rows are locked."""
