"""Photos, signatures and positions go when the company keeps them no longer; what happened stays."""

from collections.abc import Sequence

import frappe
from frappe.utils import add_to_date, cint, now_datetime

from sales_wh_flow.base import records
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.delivery.store import retention
from sales_wh_flow.packing.store import boxes as packed
from sales_wh_flow.packing.store import retention as of_boxes

AT_ONCE = 200
"""In one transaction."""

_WHY = "Retention"


def forget_some_pictures() -> int:
	"""Up to ``AT_ONCE`` boxes and as many proofs lose photo and signature. Returns how many did; 0 where
	nothing is old enough, or pictures are kept for good.
	"""
	before = _before("keep_photos_days")
	if before is None:
		return 0
	proofs = retention.proofs_with_old_pictures(before, AT_ONCE)
	boxes = of_boxes.boxes_with_old_photos(before, AT_ONCE)
	held = packed.hold_boxes([name for name, _photo in boxes])
	with records.removal(_WHY):
		_delete_files([photo for _name, photo in (*proofs, *boxes) if photo])
		retention.forget_pictures([name for name, _photo in proofs])
		of_boxes.forget_photos(list(held))
		records.count_removed("Delivery Proof", len(proofs))
		records.count_removed("Order Box", len(held))
	return len(proofs) + len(held)


def forget_some_positions() -> int:
	"""As ``forget_some_pictures``, of where phones were."""
	before = _before("keep_positions_days")
	if before is None:
		return 0
	with records.removal(_WHY):
		proofs = retention.forget_positions(before, AT_ONCE)
		events = of_boxes.forget_places(before, AT_ONCE)
		records.count_removed("Delivery Proof", proofs)
		records.count_removed("Box Event", events)
	return proofs + events


def _before(field: str):
	days = cint(flow_settings().get(field))
	return add_to_date(now_datetime(), days=-days) if days > 0 else None


def _delete_files(addresses: Sequence[str]) -> None:
	for name in retention.files_at(addresses):
		# Nobody may delete what hangs on evidence; the company's setting does.
		frappe.delete_doc("File", name, ignore_permissions=True, delete_permanently=True)
