"""Delay alerts: raised, changed and ended in bulk, each with a row of what happened."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import frappe
from frappe.utils import cint, flt, now_datetime

from sales_wh_flow.base import bulk, said
from sales_wh_flow.delays.rules.alerts import DONE, OPEN, AlertAsIs, OwnerRule

DOCTYPE, EVENTS = "Delay Alert", "Delay Alert Event"
_OWN = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
_FIELDS = (
	*("sales_order", "open_of_order", "company", "warehouse", "stage", "lateness", "state", "level"),
	*("responsible_user", "responsible_role", "due_on", "raised_on"),
	*("promised_on", "expected_on", "cause", "best_step", "is_shadow"),
)


@dataclass(frozen=True, slots=True)
class Happening:
	"""What happened to an alert. ``user``, ``role``: whose it became."""

	alert: str
	what: str
	user: str = ""
	role: str = ""
	level: int = 1
	reason: str = ""


def not_done(orders: Iterable[str]) -> dict[str, AlertAsIs]:
	"""{order: its alert that is not done}, locked in the order of the alerts' names; one statement."""
	wanted = tuple(orders)
	return {it.order: it for it in _held("sales_order in %s", wanted)} if wanted else {}


def not_done_past(after: str, most: int) -> list[AlertAsIs]:
	"""The next alerts that are not done, in the order of their names, not locked; one statement."""
	return _alerts(
		f"select {_AS_IS} from `tab{DOCTYPE}` where state <> %s and name > %s order by name limit %s",
		(DONE, after, most),
	)


def hold_alerts(names: Iterable[str]) -> list[AlertAsIs]:
	"""Those of these alerts that are not done, as last committed, locked in the order of their names."""
	wanted = tuple(names)
	return _held("name in %s", wanted) if wanted else []


def hold_alert(name: str) -> AlertAsIs | None:
	"""The alert as last committed, locked; None when it is done."""
	return next(iter(hold_alerts([name])), None)


@dataclass(frozen=True, slots=True)
class Untold:
	"""A row of what happened that nobody was told of yet; ``order``: "" once the alert has ended."""

	name: str
	order: str
	what: str
	user: str
	role: str


def hold_untold() -> list[Untold]:
	"""Whatever nobody was told of yet, as last committed, with its alerts locked; one statement."""
	rows = frappe.db.sql(
		f"""select its.name, if(alert.state = %s, '', alert.sales_order), its.happening,
			coalesce(its.to_user, ''), coalesce(its.to_role, '')
		from `tab{EVENTS}` its join `tab{DOCTYPE}` alert on alert.name = its.parent
		where its.is_to_tell = 1 order by its.creation, its.name for update""",
		DONE,
	)
	return [Untold(*row) for row in rows]


def set_told(names: Iterable[str]) -> None:
	"""People were told of these rows of what happened; one statement, none for none."""
	wanted = tuple(names)
	if wanted:
		frappe.db.sql(
			f"update `tab{EVENTS}` force index (primary) set is_to_tell = 0 where name in %s", (wanted,)
		)


def _held(condition: str, value: object) -> list[AlertAsIs]:
	sql = f"select {_AS_IS} from `tab{DOCTYPE}` where {condition} and state <> %s order by name for update"
	return _alerts(sql, (value, DONE))


_AS_IS = """name, sales_order, stage, level, state, due_on, snoozed_until, is_handed_over, responsible_user,
	responsible_role, is_shadow"""


def _alerts(sql: str, values: tuple) -> list[AlertAsIs]:
	return [
		AlertAsIs(
			*(name, order or "", stage, cint(level), state, due, asleep, bool(handed)),
			*(user or "", role or "", bool(shadow)),
		)
		for name, order, stage, level, state, due, asleep, handed, user, role, shadow in frappe.db.sql(
			sql, values
		)
	]


def raise_alerts(rows: Sequence[Mapping]) -> dict[str, str]:
	"""Write new alerts; one that is there for an order already stays the only one. Returns {alert: order} of
	those that were raised. Two statements, none for none.
	"""
	if not rows:
		return {}
	moment, user = now_datetime(), frappe.session.user
	names = bulk.new_names(len(rows))
	fields = (*_OWN, *_FIELDS)
	values = [
		(*(name, user, moment, moment, user, 0, 0), *(_value(row, field) for field in _FIELDS))
		for name, row in zip(names, rows, strict=True)
	]
	marks = ", ".join("%s" for _ in values)
	# The unique key on the open alert of an order decides between two runs at once.
	frappe.db.sql(
		f"insert ignore into `tab{DOCTYPE}` ({', '.join(f'`{it}`' for it in fields)}) values {marks}", values
	)
	written = frappe.db.sql(
		f"""select name, sales_order from `tab{DOCTYPE}` force index (primary)
		where name in %s for update""",
		(tuple(names),),
	)
	return dict(written)


def change_alerts(changes: Mapping[str, Mapping]) -> None:
	"""{alert: the same fields of each}; one statement, none for none."""
	bulk.set_fields(DOCTYPE, changes)


def end_former() -> None:
	"""Alerts of orders that were deleted are done; one statement."""
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` set state = %s, open_of_order = null, due_on = null,
			done_on = coalesce(done_on, %s) where coalesce(sales_order, '') = '' and state <> %s""",
		(DONE, now_datetime(), DONE),
	)


def tell_happenings(happenings: Sequence[Happening], to_tell: Collection[str] = ()) -> None:
	"""One statement, none for none. ``to_tell``: what happened of which people are still to be told."""
	moment, user = now_datetime(), frappe.session.user
	fields = ("parent", "parenttype", "parentfield", "happening", "actor", "happened_on")
	bulk.insert(
		EVENTS,
		(*_OWN, *fields, "to_user", "to_role", "level", "reason", "is_to_tell"),
		[
			(
				*(name, user, moment, moment, user, 0, 0),
				*(it.alert, DOCTYPE, "happenings", it.what, user, moment),
				*(it.user or None, it.role or None, it.level, said.checked_code(it.reason) or None),
				int(it.what in to_tell),
			)
			for name, it in zip(bulk.new_names(len(happenings)), happenings, strict=True)
		],
	)


def owner_rules() -> tuple[OwnerRule, ...]:
	"""Whose matter a delay is, by level, stage and warehouse, as the settings say; ``hours``: working hours
	until the next level.
	"""
	rows = frappe.get_cached_doc("Sales Flow Settings").get("delay_owners") or ()
	return tuple(
		OwnerRule(
			cint(row.level) or 1,
			row.stage or "",
			row.warehouse or "",
			row.responsible_user or "",
			row.responsible_role or "",
			flt(row.hours),
		)
		for row in rows
	)


def worklist(
	user: str, roles: Sequence[str], visible: str, most: int, of_everybody: bool = False
) -> list[dict]:
	"""The alerts of a person, or of everybody, those that sleep last, the latest first; one statement."""
	more, whose = _and(visible), _ASKED if of_everybody else _OF_PERSON
	return frappe.db.sql(
		f"""select `tab{DOCTYPE}`.name, `tab{DOCTYPE}`.sales_order, `tab{DOCTYPE}`.stage, so.customer_name,
			so.swf_flow_status flow_status, `tab{DOCTYPE}`.warehouse, `tab{DOCTYPE}`.lateness,
			`tab{DOCTYPE}`.promised_on, `tab{DOCTYPE}`.expected_on, `tab{DOCTYPE}`.cause,
			`tab{DOCTYPE}`.best_step, `tab{DOCTYPE}`.state, `tab{DOCTYPE}`.snoozed_until,
			`tab{DOCTYPE}`.due_on, `tab{DOCTYPE}`.level, `tab{DOCTYPE}`.responsible_user,
			`tab{DOCTYPE}`.responsible_role, `tab{DOCTYPE}`.snooze_reason,
			coalesce(person.full_name, `tab{DOCTYPE}`.responsible_user, '') responsible_name
		from `tab{DOCTYPE}` join `tabSales Order` so on so.name = `tab{DOCTYPE}`.sales_order
		left join `tabUser` person on person.name = `tab{DOCTYPE}`.responsible_user
		where `tab{DOCTYPE}`.state <> %(done)s and {whose} {more}
		order by `tab{DOCTYPE}`.state <> %(open)s, `tab{DOCTYPE}`.lateness <> 'Late',
			`tab{DOCTYPE}`.promised_on, `tab{DOCTYPE}`.name limit %(most)s""",
		{"done": DONE, "open": OPEN, "user": user, "roles": tuple(roles) or ("",), "most": most},
		as_dict=True,
	)


def count_open(user: str, roles: Sequence[str], visible: str) -> int:
	"""How many alerts of a person are open, however many; one statement."""
	rows = frappe.db.sql(
		f"""select count(*) from `tab{DOCTYPE}` join `tabSales Order` so on so.name =
		`tab{DOCTYPE}`.sales_order where `tab{DOCTYPE}`.state = %(open)s and {_OF_PERSON} {_and(visible)}""",
		{"open": OPEN, "user": user, "roles": tuple(roles) or ("",)},
	)
	return cint(rows[0][0])


def _and(visible: str) -> str:
	return f"and ({visible.replace('%', '%%')})" if visible else ""


_ASKED = f"`tab{DOCTYPE}`.is_shadow = 0"
_OF_PERSON = f"""{_ASKED} and (`tab{DOCTYPE}`.responsible_user = %(user)s
	or (coalesce(`tab{DOCTYPE}`.responsible_user, '') = '' and `tab{DOCTYPE}`.responsible_role in
	%(roles)s))"""


def owners_of_open() -> list[tuple[str, str, str]]:
	"""(company, user, role) of those whom open alerts ask; one statement."""
	rows = frappe.db.sql(
		f"""select distinct company, coalesce(responsible_user, ''), coalesce(responsible_role, '')
		from `tab{DOCTYPE}` where state = %s and is_shadow = 0""",
		(OPEN,),
	)
	return [(company or "", user, "" if user else role) for company, user, role in rows if user or role]


def people_there(user: str) -> list[str]:
	"""The user, unless he is disabled or none of the desk."""
	rows = frappe.db.sql(
		"select name from `tabUser` where name = %s and enabled = 1 and user_type = 'System User'", user
	)
	return [row[0] for row in rows]


def people_of_role(role: str) -> list[str]:
	"""The enabled desk users with a role."""
	rows = frappe.db.sql(
		"""select distinct user.name from `tabHas Role` given join `tabUser` user on user.name = given.parent
		where given.parenttype = 'User' and given.role = %s and user.enabled = 1
			and user.user_type = 'System User' and user.name not in ('Administrator', 'Guest')""",
		role,
	)
	return [row[0] for row in rows]


def _value(row: Mapping, field: str) -> object:
	value = row.get(field)
	if field == "cause":
		said.checked_code(value)
	return None if value == "" else value
