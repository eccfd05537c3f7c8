"""A Billing Policy changed, or Billing was switched on: open orders are looked at anew."""

from sales_wh_flow.base import background, settings
from sales_wh_flow.billing.store.policies import forget_policies

_JOB = "sales_wh_flow.billing.jobs.take_in_orders"


def policies_changed() -> None:
	"""Billing policies were saved or deleted: what may be invoiced is looked at anew."""
	forget_policies()
	look_anew()


def look_anew() -> None:
	"""In the background, once however often it is asked for."""
	if settings.is_used(settings.BILLING):
		background.owe(_JOB, queue="long", job_id="take_in_orders_money")
