"""How long nobody has heard of a parcel, in working days."""

from datetime import date, timedelta


def working_days_between(heard: date, today: date, days_off: frozenset[date]) -> int:
	"""Working days after the one on which something was heard, today not counted before it is over."""
	count, day = 0, heard + timedelta(days=1)
	while day < today:
		count += day not in days_off
		day += timedelta(days=1)
	return count
