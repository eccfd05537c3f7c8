"""What the approval gate keeps of an order or a Quotation, in a row of its own that no save of it reaches.

The caller holds the order's row. The row's name is the order's, so that two orders never wait for each other.
"""

import json
from dataclasses import dataclass

import frappe
from frappe.utils import now

DOCTYPE = "Order Gate"


@dataclass(frozen=True, slots=True)
class Passed:
	"""The state of the order that the gate let through, and the rules it owed, one a line."""

	digest: str = ""
	owed: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
	"""Somebody made an order worse by a rule; ``what`` says how, in words."""

	rule: str
	user: str
	what: str


def let_through(order: str) -> Passed:
	"""What was let through last; empty for an order that was never judged."""
	rows = frappe.db.sql(f"select passed, owed from `tab{DOCTYPE}` where name = %s", order)
	return Passed(rows[0][0] or "", rows[0][1] or "") if rows else Passed()


def remember(order: str, state: Passed) -> None:
	"""Keep which state of the order the gate let through. Open forms of the order stay valid."""
	_write(order, {"passed": state.digest, "owed": state.owed})


def wait_for_turn(name: str) -> None:
	"""One decision about it at a time; the row is written, see ``credit.take_turn``."""
	_write(name, {})


def hands(order: str) -> tuple[Hand, ...]:
	"""Who made the order worse by which rule, oldest first."""
	rows = frappe.db.sql(f"select hands from `tab{DOCTYPE}` where name = %s", order)
	return tuple(Hand(*one) for one in json.loads(rows[0][0] or "[]")) if rows else ()


def keep_hands(order: str, known: tuple[Hand, ...]) -> None:
	"""Write down who made the order worse: all that is known of it."""
	_write(order, {"hands": json.dumps([[one.rule, one.user, one.what] for one in known])})


def forget_gate(order: str) -> None:
	"""The order is deleted: its number may come again."""
	frappe.db.sql(f"delete from `tab{DOCTYPE}` where name = %s", order)


def rename_gate(old: str, new: str) -> None:
	"""The order, or the Quotation, has a new name; Frappe has renamed a link to an order already."""
	frappe.db.sql(f"update `tab{DOCTYPE}` set name = %s, sales_order = %s where name = %s", (new, new, old))


def take_over_passed(passed: str, owed: str) -> None:
	"""What the orders themselves kept once, in these columns."""
	frappe.db.sql(
		f"""insert into `tab{DOCTYPE}`
			(name, owner, creation, modified, modified_by, docstatus, idx, sales_order, passed, owed)
		select name, 'Administrator', modified, modified, 'Administrator', 0, 0, name, {passed}, {owed}
		from `tabSales Order` where coalesce({passed}, '') <> ''
		on duplicate key update name = `tab{DOCTYPE}`.name"""
	)


def _write(order: str, values: dict[str, str]) -> None:
	"""One statement that locks nothing but the order's own row."""
	stamp, user = now(), frappe.session.user
	fields = "".join(f", `{field}`" for field in values)
	marks = "".join(", %s" for _ in values)
	again = ", ".join(f"`{field}` = values(`{field}`)" for field in (*values, "modified", "modified_by"))
	frappe.db.sql(
		f"""insert into `tab{DOCTYPE}`
			(name, owner, creation, modified, modified_by, docstatus, idx, sales_order{fields})
		values (%s, %s, %s, %s, %s, 0, 0, %s{marks}) on duplicate key update {again}""",
		(order, user, stamp, stamp, user, order, *values.values()),
	)
