"""What a report is asked to show: each filter is of a kind, as the arguments of endpoints are.

Who runs a report by Frappe's own call sends its filters as he likes.
"""

from collections.abc import Mapping

import frappe

from sales_wh_flow.base import border


def _list_of_numbers(value) -> str:
	"""Typed in one field, as long as it likes."""
	return value if isinstance(value, str) else border.name(value)


KINDS: dict[str, border.Kind] = {
	**dict.fromkeys(
		(
			"company item_code item_group warehouse customer customer_group territory seller courier "
			"batch_no sales_order rule approver state stage reason serving_class group_by show counts "
			"days_early draw"
		).split(),
		border.name,
	),
	**dict.fromkeys(("from_date", "to_date"), border.moment),
	**dict.fromkeys(("older_than_days", "ending_in_days", "page"), border.whole),
	**dict.fromkeys(("only_late", "by_warehouse"), border.flag),
	"serial_nos": _list_of_numbers,
}
"""What a filter of this name is, in every report."""


def asked_for(filters: Mapping | None) -> frappe._dict:
	"""The filters that say something. Raises: BadArgument saying what one of them has to be."""
	given = border.take("filters", filters or {}, border.mapping)
	said = {name: value for name, value in given.items() if value not in (None, "", [], {})}
	return frappe._dict(
		{
			name: border.take(name, value, KINDS[name]) if name in KINDS else value
			for name, value in said.items()
		}
	)
