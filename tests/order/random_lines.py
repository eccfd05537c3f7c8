"""What the tests of properties share."""

WHOLE_NUMBER = {"BOLT": True, "OIL": False, "CABLE": False}
"""Items, and whether their stock unit is a whole number: a property of the item, the same on each line."""


WAREHOUSES = ("Berlin", "Hamburg", "Munich")
