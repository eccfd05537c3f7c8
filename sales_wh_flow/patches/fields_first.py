"""The fields of this version, for the patches below: Frappe runs the hooks that make them after all patches.

Its line bears a mark of the fields, so that it runs again with each version that has other ones.
"""

from sales_wh_flow.setup import custom_fields


def execute() -> None:
	custom_fields.make()
