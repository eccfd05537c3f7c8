"""The secrets of a courier as they are stored, encrypted."""

from dataclasses import dataclass

import frappe


@dataclass(frozen=True, slots=True)
class SealedSecrets:
	"""All empty for a courier that is none; ``name`` as it is stored."""

	name: str = ""
	enabled: bool = False
	adapter: str = ""
	former_until: object = None
	current: str = ""
	former: str = ""


def courier_secrets(courier: str) -> SealedSecrets:
	"""One statement, whether there is such a courier or not."""
	rows = frappe.db.sql(
		"""select courier.name, courier.enabled, coalesce(courier.adapter, ''), courier.webhook_former_until,
			coalesce(current.password, ''), coalesce(former.password, '')
		from `tabCourier` courier
		left join `__Auth` current on current.doctype = 'Courier' and current.name = courier.name
			and current.fieldname = 'webhook_secret' and current.encrypted = 1
		left join `__Auth` former on former.doctype = 'Courier' and former.name = courier.name
			and former.fieldname = 'webhook_former_secret' and former.encrypted = 1
		where courier.name = %s""",
		(courier[:140],),
	)
	return SealedSecrets(*rows[0]) if rows else SealedSecrets()
