"""Fields of Address."""

from sales_wh_flow.setup.fields.shared import coordinates

FIELDS: list[dict] = coordinates("pincode")
