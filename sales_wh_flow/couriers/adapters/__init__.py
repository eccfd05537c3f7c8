"""How single couriers are spoken to: which adapter the courier's form names."""

from sales_wh_flow.couriers.adapters.generic_webhook import GenericWebhook
from sales_wh_flow.couriers.adapters.karrio_sdk import KarrioSdk
from sales_wh_flow.couriers.adapters.manual import Manual
from sales_wh_flow.couriers.adapters.own_rates import OwnRates
from sales_wh_flow.couriers.port import CourierAccount, CourierPort

ADAPTERS = {
	"Manual": Manual,
	"Own Rates": OwnRates,
	"Generic Webhook": GenericWebhook,
	"Karrio": KarrioSdk,
}


def adapter_for(name: str, account: CourierAccount) -> CourierPort:
	"""The adapter of a courier; people do what none does."""
	return ADAPTERS.get(name, Manual)(account)
