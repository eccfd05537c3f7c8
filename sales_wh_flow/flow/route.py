"""Which warehouse serves each line of a draft: suggested on every save, never after submit."""

from sales_wh_flow import settings


def suggest(doc) -> None:
	"""Give the order's lines their warehouses; does nothing while routing is switched off."""
	if not settings.is_on(settings.ROUTING):
		return
