"""Couriers, their services and tracking links."""

import pytest

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.dispatch.rules.courier import check_service, each_parcel, tracking_link


@pytest.mark.parametrize(
	("courier", "service", "offered"),
	[
		("DHL", "Express", ("Standard", "Express")),
		("DHL", None, ("Standard", "Express")),
		("DHL", "", ("Standard",)),
		("Own Truck", "Tuesday Round", ()),  # a courier without a list takes any name
		(None, None, ()),
		("", "", ()),
	],
)
def test_a_service_its_courier_offers_is_accepted(courier, service, offered):
	assert check_service(courier, service, offered) is None


@pytest.mark.parametrize("courier", [None, ""])
def test_a_service_needs_a_courier(courier):
	with pytest.raises(RuleViolation) as refused:
		check_service(courier, "Express", ())
	assert refused.value.code == "service_without_courier"
	assert refused.value.data == {"service": "Express"}


@pytest.mark.parametrize("service", ["Overnight", "express", "Expres"])
def test_a_service_the_courier_does_not_offer_is_refused_with_what_it_does_offer(service):
	with pytest.raises(RuleViolation) as refused:
		check_service("DHL", service, iter(["Standard", "Express"]))
	assert refused.value.code == "unknown_service"
	assert refused.value.data == {"courier": "DHL", "service": service, "offered": ("Standard", "Express")}


def test_a_violation_shows_its_code_and_data_in_a_log():
	refusal = RuleViolation("unknown_service", courier="DHL")
	assert repr(refusal) == "RuleViolation('unknown_service', {'courier': 'DHL'})"
	assert str(refusal) == "unknown_service"


@pytest.mark.parametrize(
	("pattern", "number", "link"),
	[
		("https://track.example/{0}", "JJD0001", "https://track.example/JJD0001"),
		("https://t.example/?no={0}&again={0}", "7", "https://t.example/?no=7&again=7"),
		("https://t.example/{0}", " 1Z 999/AA&x=1 ", "https://t.example/1Z%20999%2FAA%26x%3D1"),
		("https://t.example/{0}/{other}", "7", "https://t.example/7/{other}"),
		("https://t.example/{0}", "", None),
		("https://t.example/{0}", "  ", None),
		("https://t.example/{0}", None, None),
		("https://t.example/{0}", "JD01, JD02", None),
		("", "7", None),
		(None, "7", None),
	],
)
def test_a_tracking_link_holds_the_quoted_number(pattern, number, link):
	assert tracking_link(pattern, number) == link


def test_of_several_parcels_each_has_its_own_link():
	found = each_parcel("https://t.example/{0}", "JD01, JD02")
	assert found == [("JD01", "https://t.example/JD01"), ("JD02", "https://t.example/JD02")]
	assert each_parcel(None, "JD01") == [("JD01", None)] and each_parcel("https://t.example/{0}", None) == []
