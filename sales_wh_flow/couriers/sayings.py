"""What stands in a box's story: plain text, worded for whoever reads it."""

from frappe import _


def number_written(tracking_no: str, courier: str) -> str:
	return _("Tracking number {0} of {1} was written on it.").format(tracking_no, courier)


def courier_chosen(courier: str, service: str = "") -> str:
	if service:
		return _("{0}, {1}, is to carry it.").format(courier, service)
	return _("{0} is to carry it.").format(courier)


def read_from_shipment(shipment: str) -> str:
	return _("Read from Shipment {0}.").format(shipment)


def label_made(courier: str, tracking_no: str) -> str:
	return _("{0} made the label {1}.").format(courier, tracking_no)


def label_voided(courier: str, tracking_no: str) -> str:
	return _("The label {1} was given back to {0}.").format(courier, tracking_no)


def label_thrown_away(courier: str, tracking_no: str) -> str:
	return _("The label {1} was thrown away; {0} has not taken it back.").format(courier, tracking_no)
