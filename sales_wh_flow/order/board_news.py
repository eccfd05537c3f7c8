"""Tell open boards that something moved: once for many changes, and nothing of what it was."""

from redis.exceptions import RedisError

import frappe
from frappe.realtime import get_site_room

from sales_wh_flow.base.alongside import alongside_request

QUIET_SECONDS = 2
"""Boards are told so often at most; they look a little later than that, so they miss nothing."""

_KEY = "sales_wh_flow:board_was_told"


def tell_soon() -> None:
	"""After the commit; what is undone is no news."""
	beside = alongside_request()
	if not beside.is_board_told:
		beside.is_board_told = True
		frappe.db.after_commit.add(_tell)
		frappe.db.after_rollback.add(_forget)


def _tell() -> None:
	_forget()
	try:
		is_first = frappe.cache.set(frappe.cache.make_key(_KEY), 1, ex=QUIET_SECONDS, nx=True)
	except RedisError:
		return  # boards look by themselves every few minutes
	if is_first:
		# By name of the room: a task would tell its own watchers alone.
		frappe.publish_realtime("swf_board", {}, room=get_site_room())


def _forget() -> None:
	alongside_request().is_board_told = False
