"""Read once what several approvals of one order ask for alike: who has a role, who is away, office hours."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TypeVar, cast

from sales_wh_flow.base.alongside import alongside_request

F = TypeVar("F", bound=Callable)


@contextmanager
def reading_once() -> Iterator[None]:
	"""Inside, functions marked ``once`` answer the same arguments from memory: nothing they read is written
	meanwhile.
	"""
	beside = alongside_request()
	if beside.read_once is not None:
		yield
		return
	beside.read_once = {}
	try:
		yield
	finally:
		beside.read_once = None


def once(function: F) -> F:
	"""Remember the answers inside ``reading_once``; arguments are given by position, and can be hashed."""

	@wraps(function)
	def read(*given: Hashable) -> object:
		known = alongside_request().read_once
		if known is None:
			return function(*given)
		key = (function.__module__, function.__qualname__, given)
		if key not in known:
			known[key] = function(*given)
		return known[key]

	return cast(F, read)
