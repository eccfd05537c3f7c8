"""Who stands in for whom, and until when people have time: delegations, holidays, people with their roles."""

from datetime import date
from typing import Any

import frappe
from frappe.utils import getdate

from sales_wh_flow.approval.rules import votes
from sales_wh_flow.approval.rules.votes import Person
from sales_wh_flow.base.read_once import once
from sales_wh_flow.base.working_time import Calendar


def person(user: str, company: str, on: date | str) -> Person:
	"""A user with roles, and those the user stands in for on that day for that company's orders."""
	principals = votes.stands_in_for(_pairs(on, company), user)
	return Person(user, _roles(user), tuple(Person(name, _roles(name)) for name in principals))


def plain_person(user: str) -> Person:
	"""A user with roles, standing in for nobody."""
	return Person(user, _roles(user))


def principals(user: str, on: date | str) -> list[tuple[str, str]]:
	"""(whom the user stands in for, company or "" for any) on a day."""
	companies = {company for *_pair, company in _delegations(on) if company}
	everywhere = votes.stands_in_for(_pairs(on, ""), user)
	found = [(name, "") for name in everywhere]
	for company in sorted(companies):
		there = votes.stands_in_for(_pairs(on, company), user)
		found += [(name, company) for name in there if name not in everywhere]
	return found


def find_stand_ins(users: set[str], company: str, on: date | str) -> tuple[str, ...]:
	"""Everybody who stands in for one of these users, also in turn, each once."""
	pairs = _pairs(on, company)
	candidates = dict.fromkeys(to_user for _from_user, to_user in pairs if to_user not in users)
	return tuple(name for name in candidates if users.intersection(votes.stands_in_for(pairs, name)))


def pairs_between(first: date | str, last: date | str, company: str, but: str) -> list[tuple[str, str]]:
	"""(from, to) of the delegations that overlap a period; ``but`` is left out."""
	return [
		(from_user, to_user)
		for from_user, to_user, other in _overlapping(first, last, but)
		if not other or not company or other == company
	]


def calendar(company: str, opens: Any, closes: Any, since: date | str | None = None) -> Calendar:
	"""Office hours of the settings, days off of the company's holiday list from ``since`` (today) on."""
	listed = frappe.get_cached_value("Company", company, "default_holiday_list")
	return calendar_of_list(listed, opens, closes, since)


@once
def calendar_of_list(
	listed: str | None, opens: Any, closes: Any, since: date | str | None = None
) -> Calendar:
	"""Working hours on every day but those of a holiday list from ``since`` (today) on."""
	rows = (
		frappe.db.sql(
			"select holiday_date from `tabHoliday` where parent = %s and holiday_date >= %s",
			(listed, since or frappe.utils.nowdate()),
		)
		if listed
		else ()
	)
	days = frozenset(getdate(row[0]) for row in rows)
	return Calendar(frappe.utils.get_time(opens or "0:00"), frappe.utils.get_time(closes or "0:00"), days)


def _roles(user: str) -> frozenset[str]:
	return frozenset(frappe.get_roles(user))


def _pairs(on: date | str, company: str) -> list[tuple[str, str]]:
	return [
		(from_user, to_user)
		for from_user, to_user, only_in in _delegations(on)
		if not only_in or only_in == company
	]


def _delegations(on: date | str) -> list[tuple[str, str, str]]:
	return _overlapping(on, on, "")


@once
def _overlapping(first: date | str, last: date | str, but: str) -> list[tuple[str, str, str]]:
	"""(from, to, company or "") of the delegations between enabled users in a period."""
	rows = frappe.db.sql(
		"""select delegation.from_user, delegation.to_user, coalesce(delegation.company, '')
		from `tabApproval Delegation` delegation
		join `tabUser` substitute on substitute.name = delegation.to_user and substitute.enabled = 1
		join `tabUser` away on away.name = delegation.from_user and away.enabled = 1
		where delegation.from_date <= %s and delegation.to_date >= %s and delegation.name <> %s
		order by delegation.from_user, delegation.to_user""",
		(last, first, but),
	)
	return list(rows)
