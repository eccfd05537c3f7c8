"""Whether what endpoints answer is what their annotations say; asked in integration and fulfilment."""

import types
from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

_TAKEN_FOR = {float: (float, int), int: (int,), complex: (complex, float, int)}


def hold_endpoints_to_their_annotations() -> None:
	"""From now on; endpoints that were imported before are not held to anything."""
	from sales_wh_flow.base import border

	product_checked = border.checked

	def checked(**own):
		decorate = product_checked(**own)
		return lambda endpoint: _held(decorate(endpoint))

	border.checked = checked


def _held(endpoint: Callable) -> Callable:
	@wraps(endpoint)
	def held(*args, **kwargs):
		answer = endpoint(*args, **kwargs)
		wanted = _hints(endpoint)["return"]
		found = list(misfits(answer, wanted))[:10]
		assert not found, f"{endpoint.__module__}.{endpoint.__name__} answers:\n" + "\n".join(found)
		return answer

	return held


@cache
def _hints(named: Any) -> dict[str, Any]:
	return get_type_hints(named)


def misfits(value: object, wanted: Any, where: str = "the answer") -> Iterator[str]:
	"""What of a value is not of a type: TypedDicts key by key, lists row by row; no bool is a number, no
	moment a day.
	"""
	origin, inner = get_origin(wanted), get_args(wanted)
	if origin in (Union, types.UnionType):
		if all(any(misfits(value, one)) for one in inner):
			yield from _best(value, inner, where)
	elif is_typeddict(wanted):
		yield from _in_typed_dict(value, wanted, where)
	elif origin in (list, tuple, dict):
		yield from _in_container(value, origin, inner, where)
	elif not _is_of(value, wanted):
		yield f"{where} is {value!r}, not {getattr(wanted, '__name__', wanted)}"


def _best(value: object, inner: tuple, where: str) -> list[str]:
	"""What is said of a value that is none of several types: as of that which it fits best."""
	told = [list(misfits(value, one, where)) for one in inner if one is not type(None)]
	return min(told, key=len)


def _in_typed_dict(value: object, wanted: Any, where: str) -> Iterator[str]:
	if not isinstance(value, dict):
		yield f"{where} is {value!r}, not {wanted.__name__}"
		return
	hints = _hints(wanted)
	for key in sorted(wanted.__required_keys__ - value.keys()):
		yield f"{where} misses {key}"
	for key in value:
		if key not in hints:
			yield f"{where} has {key}, which {wanted.__name__} does not name"
		else:
			yield from misfits(value[key], hints[key], f"{where}.{key}")


def _in_container(value: object, origin: type, inner: tuple, where: str) -> Iterator[str]:
	if not isinstance(value, origin):
		yield f"{where} is {value!r}, not {origin.__name__}"
	elif origin is dict:
		for key, one in value.items():
			yield from misfits(key, inner[0], f"a key of {where}")
			yield from misfits(one, inner[1], f"{where}[{key!r}]")
	elif origin is tuple and inner[-1] is not Ellipsis:
		if len(value) != len(inner):
			yield f"{where} has {len(value)} parts, not {len(inner)}"
		for number, (one, kind) in enumerate(zip(value, inner, strict=False)):
			yield from misfits(one, kind, f"{where}[{number}]")
	else:
		for number, one in enumerate(value):
			yield from misfits(one, inner[0], f"{where}[{number}]")


def _is_of(value: object, wanted: Any) -> bool:
	if wanted is Any:
		return True
	if wanted in (None, type(None)):
		return value is None
	if type(value) is bool:
		return wanted is bool
	if wanted.__name__ == "date":  # a moment is a day to Python, and is written otherwise
		return isinstance(value, wanted) and not hasattr(value, "hour")
	return isinstance(value, _TAKEN_FOR.get(wanted, wanted))
