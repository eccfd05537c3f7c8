"""Lines that can't be served by anybody are refused before anything is locked."""


def check(doc) -> None:
	"""Raises: ValidationError naming every row whose warehouse or quantity can't be used."""
