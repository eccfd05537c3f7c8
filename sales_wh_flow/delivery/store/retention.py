"""Photos, signatures and positions of proofs, when a company keeps them no longer."""

from collections.abc import Sequence
from datetime import datetime

import frappe

from sales_wh_flow.base import bulk


def proofs_with_old_pictures(before: datetime, limit: int) -> list[tuple[str, str]]:
	"""(proof, address of its photo, "" for none) of proofs with a photo or a signature, recorded before."""
	return frappe.db.sql(
		"""select name, coalesce(photo, '') from `tabDelivery Proof`
		where recorded_on < %s and (coalesce(photo, '') <> '' or coalesce(signature, '') <> '')
		order by name limit %s""",
		(before, limit),
	)


def forget_pictures(proofs: Sequence[str]) -> None:
	"""These proofs have neither photo nor signature any more; who took what stays."""
	frappe.db.sql(
		"""update `tabDelivery Proof` force index (primary)
		set photo = null, signature = null where name in %s""",
		(tuple(proofs) or ("",),),
	)
	bulk.forget_cached("Delivery Proof", proofs)


def forget_positions(before: datetime, limit: int) -> int:
	"""Proofs recorded before name no position any more. Returns how many named one."""
	frappe.db.sql(
		"""update `tabDelivery Proof` set has_consent = 0, latitude = 0, longitude = 0, accuracy_m = 0,
			position_age_s = 0
		where recorded_on < %s and has_consent = 1 order by name limit %s""",
		(before, limit),
	)
	return bulk.changed_rows()


def files_at(addresses: Sequence[str]) -> list[str]:
	"""The files at these addresses that hang on boxes and proofs."""
	return frappe.get_all(
		"File",
		{
			"file_url": ("in", list(addresses) or [""]),
			"attached_to_doctype": ("in", ("Order Box", "Delivery Proof")),
		},
		pluck="name",
		order_by="name",
	)
