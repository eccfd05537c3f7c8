"""A warehouse's row as routing and checks read it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from frappe.utils import cint, flt, get_timedelta


@dataclass(frozen=True, slots=True)
class WarehouseRow:
	"""A warehouse that may serve, as its form says."""

	name: str
	company: str
	is_group: bool
	disabled: bool
	is_sellable: bool
	latitude: float
	longitude: float
	postcode: str
	cut_off: timedelta | None
	holiday_list: str
	lines_per_day: int


WAREHOUSE_COLUMNS = """{0}.name, {0}.company, {0}.is_group, {0}.disabled, {0}.swf_is_sellable,
	{0}.swf_latitude, {0}.swf_longitude, coalesce({0}.pin, ''),
	if({0}.swf_has_cut_off = 1, {0}.swf_cut_off, null),
	coalesce(nullif({0}.swf_holiday_list, ''), company.default_holiday_list, ''),
	if({0}.swf_limit_lines, {0}.swf_lines_per_day, 0)"""


def warehouse_row(row: tuple[Any, ...]) -> WarehouseRow:
	"""A warehouse from the columns of a statement."""
	latitude, longitude, postcode, cut_off, holiday_list, lines = row[5:11]
	return WarehouseRow(
		row[0],
		row[1],
		bool(cint(row[2])),
		bool(cint(row[3])),
		bool(cint(row[4])),
		flt(latitude),
		flt(longitude),
		postcode,
		get_timedelta(str(cut_off)) if cut_off is not None else None,
		holiday_list,
		cint(lines),
	)
