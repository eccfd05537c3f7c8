"""The pictures of docs/ come from the browser suite: which of its pictures is which one there."""

from __future__ import annotations

import shutil
from pathlib import Path

PICTURES = {
	"approval-condition": "approval-condition-desktop",
	"approval-history": "approval-history-desktop",
	"approval-inbox": "approval-inbox-desktop",
	"approval-inbox-phone": "approval-inbox-phone",
	"approval-order": "approval-order-desktop",
	"approval-rule": "approval-rule-desktop",
	"approval-what-if": "approval-what-if-desktop",
	"box-label": "box-label",
	"box-story": "box-story",
	"brought-together": "brought-together",
	"courier-rates": "courier-rates",
	"customer-mail": "customer-mail",
	"customer-page-phone": "customer-page-phone",
	"deliver-part-phone": "deliver-part-phone",
	"deliver-phone": "deliver-phone",
	"first-steps": "first-steps",
	"hand-over-manifest": "manifest",
	"hand-over-phone": "hand-over-phone",
	"my-delays": "my-delays",
	"order": "order",
	"order-board": "order-board",
	"order-flow": "order-flow",
	"order-map": "order-map",
	"order_stock": "order_stock_desktop",
	"pack-closed-phone": "pack-closed-phone",
	"pack-phone": "pack-phone",
	"pick-phone": "pick-phone",
	"reroute-dialog": "reroute-dialog",
	"route_plans": "route_plans_desktop",
	"serving-plan": "serving-plan-desktop",
	"shortage-dialog": "shortage-dialog",
	"shortage-substitute": "shortage-substitute",
	"warehouse-work": "warehouse-work",
	"who-has-it": "who-has-it-desktop",
}
"""The picture in docs/ -> the one the browser suite leaves in SWHF_ARTIFACTS; without ``.png``."""


def lay(taken: Path, docs: Path) -> list[str]:
	"""Put the pictures of a run of the browser suite into docs/. Returns those it did not take, sorted."""
	missing = []
	for name, made in sorted(PICTURES.items()):
		picture = taken / f"{made}.png"
		if picture.is_file():
			shutil.copyfile(picture, docs / f"{name}.png")
		else:
			missing.append(name)
	return missing
