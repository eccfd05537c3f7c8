"""Hooks of the app's own, by which a capability tells those above it what it does not import."""

from collections.abc import Callable

import frappe


def hooked(hook: str) -> list[Callable]:
	"""The functions that hooks.py, or another app, names under one of our hooks."""
	return [frappe.get_attr(path) for path in frappe.get_hooks(hook)]  # noqa: TID251 - this is the way round
