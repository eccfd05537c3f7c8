"""Order Messages: a row each, written with what happened, sent later, each once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.utils import add_to_date, now, now_datetime

from sales_wh_flow.base import bulk, said
from sales_wh_flow.base.mail_queue import killed_before
from sales_wh_flow.milestones.answers import MessageOfOrder

WAITING, SENT, SHADOWED, FAILED = "Waiting", "Sent", "Would Have Gone Out", "Failed"
CAME_BACK, NOT_NEEDED = "Came Back", "Not Needed"

_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
	*("sales_order", "box", "milestone", "audience", "receiver", "channel", "language", "rule"),
	*("state", "why", "happened_on", "next_try", "digest", "facts", "unique_key"),
)


@dataclass(frozen=True, slots=True)
class NewMessage:
	"""What is written down when it happens."""

	sales_order: str
	box: str
	milestone: str
	audience: str
	receiver: str
	channel: str
	language: str
	rule: str
	state: str
	why: str | None
	next_try: datetime
	digest: bool
	facts: str
	unique_key: str


@dataclass(frozen=True, slots=True)
class DueMessage:
	"""A message whose time has come."""

	name: str
	order: str
	channel: str
	receiver: str
	milestone: str
	digest: bool


def write_messages(messages: Sequence[NewMessage]) -> int:
	"""Those whose key is there already are left alone. One statement, none for none. Returns how many are
	new.
	"""
	if not messages:
		return 0
	stamp, user = now(), frappe.session.user
	rows = [
		(
			*(name, user, stamp, stamp, user, 0, 0),
			*(it.sales_order, it.box, it.milestone, it.audience, it.receiver, it.channel),
			*(it.language or None, it.rule, it.state, said.checked_code(it.why), stamp, it.next_try),
			*(int(it.digest), it.facts, it.unique_key),
		)
		for name, it in zip(bulk.new_names(len(messages)), messages, strict=True)
	]
	columns = ", ".join(f"`{field}`" for field in _FIELDS)
	marks = ", ".join("%s" for _ in rows)
	frappe.db.sql(f"insert ignore into `tabOrder Message` ({columns}) values {marks}", rows)
	return bulk.changed_rows()


def due_messages(most: int = 500) -> list[DueMessage]:
	"""The oldest first; webhooks last, so that a receiver that is away fills no list."""
	rows = frappe.db.sql(
		"""select name, coalesce(sales_order, ''), channel, receiver, milestone, digest
		from `tabOrder Message` where state = 'Waiting' and next_try <= %s
		order by channel = 'Webhook', next_try, creation, name limit %s""",
		(now_datetime(), most),
	)
	return [
		DueMessage(name, order, channel, receiver, milestone, bool(digest))
		for name, order, channel, receiver, milestone, digest in rows
	]


def forgettable(before: datetime, most: int) -> list[str]:
	"""Messages noted before then that wait for nothing, of orders that are over or gone: an order that goes
	on is told nothing twice, so it keeps them.
	"""
	rows = frappe.db.sql(
		"""select told.name from `tabOrder Message` told
		left join `tabSales Order` so on so.name = told.sales_order
		where told.creation < %s and told.state <> 'Waiting'
			and (so.name is null or so.docstatus = 2 or so.swf_stage = 'Ended')
		order by told.creation, told.name limit %s""",
		(before, most),
	)
	return [row[0] for row in rows]


def overdue_messages(hours: int, most: int = 500) -> list[str]:
	"""Those whose time came longer ago than that; a message that is tried again has a later time."""
	rows = frappe.db.sql(
		"""select name from `tabOrder Message` where state = 'Waiting' and next_try < %s
		order by next_try, name limit %s""",
		(add_to_date(now_datetime(), hours=-hours), most),
	)
	return [row[0] for row in rows]


def orders_told(messages: Iterable[str]) -> list[str]:
	"""The orders that these messages are about, by name; at most one statement."""
	wanted = tuple(sorted(set(messages)))
	if not wanted:
		return []
	rows = frappe.db.sql(
		"""select distinct sales_order from `tabOrder Message`
		where name in %s and sales_order is not null order by sales_order""",
		(wanted,),
	)
	return [row[0] for row in rows]


def hold_messages(names: Iterable[str]) -> list[dict]:
	"""Those of these that still wait, locked, by name: whoever holds them sends them."""
	wanted = tuple(sorted(names))
	if not wanted:
		return []
	return frappe.db.sql(
		"""select * from `tabOrder Message` force index (primary)
		where name in %s and state = 'Waiting' order by name for update""",
		(wanted,),
		as_dict=True,
	)


def settle_messages(names: Iterable[str], state: str, why: str | None = None, mail: str = "") -> None:
	"""What became of messages that are held. ``mail``: the row of the Email Queue by which they left."""
	stamp = now()
	frappe.db.sql(
		"""update `tabOrder Message` force index (primary)
		set state = %s, why = %s, sent_on = if(%s = 'Sent', %s, null),
			attempts = attempts + 1, modified = %s, mail = %s
		where name in %s""",
		(state, said.checked_code(why), state, stamp, stamp, mail or None, tuple(sorted(names))),
	)


def messages_by_mail() -> dict[str, list[str]]:
	"""{mail that Frappe has given up, or whose sender was killed: the messages that left by it}"""
	found: dict[str, list[str]] = {}
	for mail, message in frappe.db.sql(
		"""select mail.name, told.name from `tabEmail Queue` mail
		join `tabOrder Message` told on told.mail = mail.name and told.state = 'Sent'
		where mail.reference_doctype = 'Sales Order'
			and (mail.status = 'Error' or mail.status = 'Sending' and mail.modified < %s)
		order by told.name""",
		(killed_before(),),
	):
		found.setdefault(mail, []).append(message)
	return found


def sent_of(names: Iterable[str]) -> list[dict]:
	"""Those of these messages that were sent, by name; their rows are held until the transaction ends."""
	wanted = tuple(sorted(names))
	if not wanted:
		return []
	return frappe.db.sql(
		"""select name, sales_order, receiver, milestone, audience, box, facts
		from `tabOrder Message` force index (primary)
		where name in %s and state = 'Sent' order by name for update""",
		(wanted,),
		as_dict=True,
	)


def change_sent(names: Iterable[str], state: str, why: str) -> int:
	"""What was out is not any more. Returns how many were."""
	wanted = tuple(sorted(names))
	if not wanted:
		return 0
	frappe.db.sql(
		"""update `tabOrder Message` force index (primary) set state = %s, why = %s, modified = %s
		where name in %s and state = 'Sent'""",
		(state, said.checked_code(why), now(), wanted),
	)
	return bulk.changed_rows()


def newest_mailed_to(addresses: Sequence[str], since: datetime, order: str | None) -> list[str]:
	"""The message that went out last to one of these addresses since then; of the order, where known."""
	if not addresses:
		return []
	rows = frappe.db.sql(
		"""select name from `tabOrder Message`
		where receiver in %(addresses)s and channel = 'Mail' and state = 'Sent' and sent_on >= %(since)s
			and (%(order)s is null or sales_order = %(order)s)
		order by sent_on desc, name limit 1""",
		{"addresses": tuple(addresses), "since": since, "order": order},
	)
	return [row[0] for row in rows]


def put_off(name: str, attempts: int, delay_min: int, why: str | None) -> None:
	"""It was tried so often, and is tried again later."""
	frappe.db.sql(
		"""update `tabOrder Message` set attempts = %s, next_try = %s, why = %s, modified = %s
		where name = %s and state = 'Waiting'""",
		(attempts, add_to_date(now_datetime(), minutes=delay_min), said.checked_code(why), now(), name),
	)


def send_elsewhere(name: str, receiver: str) -> None:
	"""Its rule calls another address by now, or its customer has one."""
	frappe.db.sql("update `tabOrder Message` set receiver = %s where name = %s", (receiver, name))


def key_customers_mails() -> None:
	"""Customers' mails of former days get the keys of today, which name no address. Of two mails of one
	happening, to two addresses, one takes the key, and that is enough. A delay that a program noted is taken
	for that of its new day; what programs call the occasions of other milestones is written nowhere.
	"""
	frappe.db.sql(
		"""update ignore `tabOrder Message` set unique_key = sha2(concat_ws(char(31 using utf8mb4),
			sales_order, milestone, coalesce(box, ''), '', channel, case milestone
				when 'Delayed' then coalesce(
					json_value(facts, '$.old_date'), json_value(facts, '$.new_date'), '')
				when 'Return Announced' then coalesce(json_value(facts, '$.document'), '')
				else '' end), 256)
		where audience = 'Customer' and channel = 'Mail' and sales_order is not null
			and unique_key not like 'not-needed-%'"""
	)


def free_keys(names: Iterable[str]) -> None:
	"""What was not told and need not be: if it happens again, it is told."""
	frappe.db.sql(
		"""update `tabOrder Message` force index (primary)
		set unique_key = concat('not-needed-', name) where name in %s""",
		(tuple(names),),
	)


def wait_again(name: str, receiver: str) -> None:
	"""Somebody wants what failed to be tried once more."""
	frappe.db.sql(
		"""update `tabOrder Message` set state = 'Waiting', why = null, attempts = 0, next_try = %s,
			receiver = %s, modified = %s
		where name = %s""",
		(now_datetime(), receiver, now(), name),
	)


def messages_of_order(order: str) -> list[MessageOfOrder]:
	"""The newest first."""
	return frappe.db.sql(
		"""select name, box, milestone, audience, receiver, channel, state, why, happened_on, sent_on
		from `tabOrder Message` where sales_order = %s order by creation desc, name limit 100""",
		order,
		as_dict=True,
	)


def outlive_rule(rule: str) -> None:
	"""What was told by a rule stays when the rule goes, and forbids nobody to delete it."""
	frappe.db.set_value("Order Message", {"rule": rule}, "rule", None, update_modified=False)


def outlive_deleted_order(order: str, why: str) -> None:
	"""The order is deleted: what was told of it stays, without link, under the order's number; what waits is
	not told. Another order that gets the number is told all of its own.
	"""
	frappe.db.sql(
		"""update `tabOrder Message` set deleted_order = sales_order, sales_order = null,
			why = if(state = 'Waiting', %s, why), state = if(state = 'Waiting', %s, state),
			unique_key = concat('deleted-', name), modified = %s
		where sales_order = %s""",
		(said.checked_code(why), NOT_NEEDED, now(), order),
	)


def message_facts(name: str) -> Mapping | None:
	"""A message with all its fields, held until the transaction ends; None when it is gone."""
	rows = frappe.db.sql("select * from `tabOrder Message` where name = %s for update", name, as_dict=True)
	return rows[0] if rows else None
