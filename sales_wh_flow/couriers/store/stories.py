"""A box with all that happened to it, and boxes nobody hears of."""

from collections.abc import Sequence
from datetime import date, datetime

import frappe

from sales_wh_flow.couriers.answers import FoundParcel
from sales_wh_flow.couriers.store.parcels import UNDER_WAY
from sales_wh_flow.packing.store.notes import LEFT_BY_NOTE


def said_of_box(box: str) -> list[dict]:
	"""Box Events in the order in which they happened."""
	return frappe.db.sql(
		"""select event.name, event.state, event.courier_state, event.reason_group, event.reason,
			event.delay_of, event.happened_on, event.recorded_on, event.device, event.place, event.note,
			coalesce(event.courier_event, '') courier_event, coalesce(user.full_name, event.actor) actor
		from `tabBox Event` event left join `tabUser` user on user.name = event.actor
		where event.box = %s order by event.happened_on, event.recorded_on, event.name""",
		box,
		as_dict=True,
	)


def boxes_by_number(number: str, visible: str, limit: int) -> list[FoundParcel]:
	"""Boxes whose number, SSCC or name begins so. ``visible``: the condition of who may read what."""
	condition = f" and {_bound(visible)}" if visible else ""
	return frappe.db.sql(
		f"""select name, tracking_no, courier, customer_name, state from `tabOrder Box`
		where (tracking_no like %(begin)s or sscc like %(begin)s or name = %(number)s){condition}
		order by tracking_no, name limit %(limit)s""",
		{"begin": f"{_literal(number)}%", "number": number, "limit": limit},
		as_dict=True,
	)


def parcels_under_way(company: str | None, visible: str) -> list[dict]:
	"""Boxes that a courier has, with the last that was heard of each."""
	conditions = [f"(box.state in %(states)s or {LEFT_BY_NOTE})", "coalesce(box.courier, '') <> ''"]
	conditions += ["box.company = %(company)s"] if company else []
	conditions += [
		f"box.name in (select `tabOrder Box`.name from `tabOrder Box` where {_bound(visible)})"
	] * bool(visible)
	return frappe.db.sql(
		f"""select box.name box, box.courier, box.tracking_no, box.tracking_url, box.state, box.customer,
			box.customer_name, box.warehouse, box.delivery_note, box.expected_on, box.handed_over_on,
			max(event.happened_on) last_heard, courier.silent_after_days
		from `tabOrder Box` box
		join `tabCourier` courier on courier.name = box.courier and courier.silent_after_days > 0
		left join `tabBox Event` event on event.box = box.name
		where {" and ".join(conditions)}
		group by box.name order by last_heard, box.name""",
		{"states": UNDER_WAY, "company": company},
		as_dict=True,
	)


def last_told(numbers: Sequence[str]) -> dict[tuple[str, str], datetime]:
	"""{(courier, number): when its courier last said anything}."""
	rows = frappe.db.sql(
		"""select courier, tracking_no, max(came_on) from `tabCourier Event`
		where tracking_no in %s group by courier, tracking_no""",
		(tuple(numbers) or ("",),),
	)
	return {(courier, number): came_on for courier, number, came_on in rows}


def days_off_of(warehouses: Sequence[str], since: date, until: date) -> dict[str, set[date]]:
	"""{warehouse: days on which it sends nothing}."""
	rows = frappe.db.sql(
		"""select warehouse.name, off.holiday_date
		from `tabWarehouse` warehouse left join `tabCompany` company on company.name = warehouse.company
		join `tabHoliday` off on off.parenttype = 'Holiday List' and off.parent =
			coalesce(nullif(warehouse.swf_holiday_list, ''), company.default_holiday_list)
		where warehouse.name in %s and off.holiday_date between %s and %s""",
		(tuple(warehouses) or ("",), since, until),
	)
	found: dict[str, set[date]] = {}
	for warehouse, day in rows:
		found.setdefault(warehouse, set()).add(day)
	return found


def _literal(text: str) -> str:
	return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _bound(condition: str) -> str:
	"""A per cent sign in a name is no placeholder."""
	return condition.replace("%", "%%")
