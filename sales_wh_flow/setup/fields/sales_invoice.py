"""Fields of Sales Invoice."""

from sales_wh_flow.setup.fields.shared import replace

FIELDS: list[dict] = [replace("update_stock", "eval:doc.is_return && doc.update_stock")]
