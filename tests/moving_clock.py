"""A clock that a test sets: Frappe's, and that of the database in this connection."""

import datetime as real
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import data


@contextmanager
def moving_clock() -> Iterator[Callable[[real.datetime], None]]:
	"""Inside, it is whatever moment was set last, in the site's time: ``set_to(moment)``.

	Every ``now`` of Frappe's reads the time in one module; SQL's own reads a variable of the connection.
	"""
	zone = ZoneInfo(data.get_system_timezone())
	moment = [real.datetime.now(zone)]

	class AnyDatetime(type):
		"""Makes real ones alone: what is cached has to be pickled."""

		def __instancecheck__(cls, thing):
			return isinstance(thing, real.datetime)

		def __call__(cls, *args, **values):
			return real.datetime(*args, **values)

		def __getattr__(cls, name):
			return getattr(real.datetime, name)

	class Datetime(metaclass=AnyDatetime):
		@staticmethod
		def now(tz=None):
			return moment[0].astimezone(tz) if tz else moment[0].replace(tzinfo=None)

	names = {name: getattr(real, name) for name in dir(real) if not name.startswith("_")}
	before, data.datetime = data.datetime, SimpleNamespace(**{**names, "datetime": Datetime})

	def set_to(local: real.datetime) -> None:
		moment[0] = local.replace(tzinfo=zone)
		frappe.db.sql("set timestamp = %s", moment[0].timestamp())

	try:
		yield set_to
	finally:
		data.datetime = before
		frappe.db.sql("set timestamp = default")
