"""What a courier billed beyond what was agreed is claimed, a claim for each parcel."""

from frappe.utils import flt, getdate, now_datetime

from sales_wh_flow.claims import open_claims
from sales_wh_flow.claims.rules import bills, incidents


def claim_differences(bill) -> list[str]:
	"""The claims that were opened for rows of a bill that are dearer, billed twice or were never sent, and
	name a box of ours. A box that was overcharged before has its claim already.
	"""
	found = []
	for row in bill.rows:
		if row.verdict in bills.BEYOND and row.box and flt(row.difference) > 0:
			day = getdate(bill.bill_date) or getdate(now_datetime())
			made = open_claims.open_claim(
				row.box.split(", ")[0],
				incidents.OVERCHARGED,
				day,
				flt(row.difference),
				reference=bill.bill_no,
			)
			found += [made] if made else []
	return found
