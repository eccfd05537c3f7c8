"""What a courier's message says, read from its body by the paths and words that the courier's form gives."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sales_wh_flow.couriers.rules import states

_LONGEST = 140
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_NO_NUMBER = re.compile(r"[^0-9A-Z./_-]")
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EPOCH_MS = 100_000_000_000
"""Seconds since 1970 are below that for another thousand years, milliseconds above it."""


@dataclass(frozen=True, slots=True)
class Paths:
	"""Where in a body each fact lies: keys by dots, numbers for places in a list."""

	number: str = "tracking_number"
	status: str = "status"
	reason: str = "reason"
	happened_on: str = "happened_on"
	place: str = "location"
	note: str = "description"


@dataclass(frozen=True, slots=True)
class Meaning:
	"""What a courier's word means: a normal state and, where it tells of an incident, its reason."""

	state: str
	reason: str = ""


@dataclass(frozen=True, slots=True)
class ToldEvent:
	"""One event of a parcel. ``happened_on``: UTC, None where the message does not say. ``key``: the
	provider's id of it."""

	key: str
	tracking_no: str
	word: str
	state: str
	reason: str
	happened_on: datetime | None = None
	place: str = ""
	note: str = ""


def tidy_number(text: object) -> str:
	"""A tracking number as it is compared: without blanks, in capitals; empty for what is none."""
	number = _NO_NUMBER.sub("", _UNSEEN.sub("", str(text or "")).upper())
	return number if len(number) <= _LONGEST else ""


def is_number(text: str) -> bool:
	"""Whether what was typed or scanned is a tracking number and nothing else."""
	bare = _UNSEEN.sub("", text).upper()
	return 4 <= len(bare) <= 64 and not _NO_NUMBER.search(bare)


def read_event(key: str, body: bytes, paths: Paths, words: Mapping[str, Meaning]) -> ToldEvent:
	"""The event that a body tells of. ``words``: the courier's own, in small letters.

	Raises: ValueError for what is no JSON object.
	"""
	try:
		found = json.loads(body.decode("utf-8"), parse_constant=lambda _text: None)  # NaN
	except (UnicodeDecodeError, RecursionError) as error:
		raise ValueError("no JSON") from error
	if not isinstance(found, dict):
		raise ValueError("no object")
	word = _text(_at(found, paths.status))
	meaning = meaning_of(word, _text(_at(found, paths.reason)), words)
	return ToldEvent(
		key=key,
		tracking_no=tidy_number(_text(_at(found, paths.number))),
		word=word,
		state=meaning.state,
		reason=meaning.reason,
		happened_on=read_moment(_at(found, paths.happened_on)),
		place=_text(_at(found, paths.place)),
		note=_text(_at(found, paths.note)),
	)


def meaning_of(word: str, reason: str, words: Mapping[str, Meaning]) -> Meaning:
	"""By the courier's own table first; the normal words mean themselves, any other one is unknown."""
	named = words.get(f"{word} / {reason}".casefold()) if reason else None
	found = named or words.get(word.casefold())
	if found is None:
		plain = word.strip().casefold().replace(" ", "_").replace("-", "_")
		found = Meaning(plain if plain in states.NORMAL_STATES else states.UNKNOWN)
	known = reason if not found.reason and is_reason(reason) else found.reason
	return Meaning(found.state, known)


def is_reason(text: str) -> bool:
	"""Whether a text is a reason that an incident can have."""
	return any(text in reasons for reasons in states.REASONS.values())


def _at(found: object, path: str) -> object:
	"""What lies at ``data.events.0.status``; None where nothing does."""
	for step in path.split(".") if path else ():
		if isinstance(found, Mapping):
			found = found.get(step)
		elif isinstance(found, list) and step.isascii() and step.lstrip("-").isdigit():
			at = int(step)
			found = found[at] if -len(found) <= at < len(found) else None
		else:
			return None
	return found if path else None


def _text(value: object) -> str:
	"""One line; empty for lists, objects and nothing."""
	if isinstance(value, bool) or not isinstance(value, str | int | float):
		return ""
	text = str(value).encode("utf-8", "replace").decode()  # half of a pair is no character
	return " ".join(_UNSEEN.sub(" ", text).split())[:_LONGEST]


def read_moment(value: object) -> datetime | None:
	"""ISO 8601 or seconds (or milliseconds) since 1970, in UTC; without a time zone it is taken for UTC."""
	try:
		if isinstance(value, int | float) and not isinstance(value, bool):
			seconds = value / 1000 if abs(value) >= _EPOCH_MS else value
			return _EPOCH + timedelta(seconds=seconds)
		text = str(value or "").strip()
		found = datetime.fromisoformat(f"{text[:-1]}+00:00" if text[-1:] in "Zz" and text else text)
		found = found if found.tzinfo else found.replace(tzinfo=timezone.utc)
		return found.astimezone(timezone.utc)
	except (ValueError, OverflowError, OSError):
		return None
