"""What the gate *unproved boxes are not delivered* would have stopped, and for whom."""

from datetime import date

import frappe

from sales_wh_flow.delivery.store.proofs import COURIER_SAYS_SO


def stopped_since(day: date) -> list[tuple[str, str, int]]:
	"""[(who, what: "proof", "money" or "note", how many)] since that day, most first; one statement.

	A proof of goods that were taken without a receiver's name, or without a signature and a photo; one of
	goods that were left for less than was to be collected; a note that somebody confirmed although boxes of
	it have no proof.
	"""
	return frappe.db.sql(
		f"""select * from (
			select proof.actor who, 'proof' what, count(*) times from `tabDelivery Proof` proof
			where proof.recorded_on >= %(day)s and coalesce(proof.replaced_by, '') = ''
				and proof.outcome in ('Accepted', 'Partly Accepted') and (coalesce(proof.receiver, '') = ''
					or (coalesce(proof.signature, '') = '' and coalesce(proof.photo, '') = ''))
			group by proof.actor
			union all
			select proof.actor, 'money', count(*) from `tabDelivery Proof` proof
			where proof.recorded_on >= %(day)s and coalesce(proof.replaced_by, '') = ''
				and proof.outcome in ('Accepted', 'Partly Accepted')
				and round(proof.money_taken, 2) < round(proof.to_collect, 2)
			group by proof.actor
			union all
			select note.modified_by, 'note', count(distinct note.name)
			from `tabDelivery Note` note join `tabOrder Box` box on box.delivery_note = note.name
			where note.swf_delivered_on >= %(day)s and note.docstatus = 1 and box.state <> 'Cancelled'
				and not exists (select 1 from `tabOrder Box` part where part.parent_box = box.name)
				and not exists (select 1 from `tabDelivery Proof` proof where proof.box = box.name
					and coalesce(proof.replaced_by, '') = '' and proof.outcome <> 'Failed Attempt')
				and not exists ({COURIER_SAYS_SO})
			group by note.modified_by
		) found order by times desc, who, what""",
		{"day": day},
	)
