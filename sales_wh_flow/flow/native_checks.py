"""What stands in for a waived check, under the name that cached documents kept."""


def _nothing(*_args, **_kwargs) -> None:
	"""Skips the check."""
