"""Photos of boxes, and places that their events name, when a company keeps them no longer."""

from collections.abc import Sequence
from datetime import datetime

import frappe

from sales_wh_flow.base import bulk

_A_POSITION = "^-?[0-9]{1,3}([.][0-9]+)?, -?[0-9]{1,3}([.][0-9]+)?$"


def boxes_with_old_photos(before: datetime, limit: int) -> list[tuple[str, str]]:
	"""(box, address of its photo) of boxes that were closed before."""
	return frappe.db.sql(
		"""select name, photo from `tabOrder Box`
		where coalesce(photo, '') <> '' and coalesce(closed_on, creation) < %s
		order by name limit %s""",
		(before, limit),
	)


def forget_photos(boxes: Sequence[str]) -> None:
	"""These boxes, which are held, have no photo any more."""
	frappe.db.sql(
		"update `tabOrder Box` force index (primary) set photo = null where name in %s",
		(tuple(boxes) or ("",),),
	)
	bulk.forget_cached("Order Box", boxes)


def forget_places(before: datetime, limit: int) -> int:
	"""Positions of phones go from what was told of boxes; other places stay. Returns how many went."""
	frappe.db.sql(
		"""update `tabBox Event` set place = null
		where recorded_on < %s and place regexp %s order by name limit %s""",
		(before, _A_POSITION, limit),
	)
	return bulk.changed_rows()
