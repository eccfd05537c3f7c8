"""Where the orders went: dots by lines, places within a kilometre are one."""

from sales_wh_flow.figures.rules.order_map import Sent, arrange_map

NORTH, SOUTH = (53.5, 10.0), (48.1, 11.6)
ADDRESSES = {
	"ann": ((52.52, 13.40), "Berlin"),
	"ben": ((52.5241, 13.4041), "Berlin"),
	"cy": ((50.9, 6.9), "Köln"),
}


def drawn(*sent, most=10):
	return arrange_map(sent, {"North": NORTH, "South": SOUTH}, ADDRESSES, most)


def test_a_warehouse_is_as_large_as_the_lines_it_was_given():
	found = drawn(Sent("North", "ann", 2, 5.0), Sent("South", "cy", 7, 1.0), Sent("North", "cy", 1, 2.0))
	assert found.warehouses == {"South": (7, 1.0), "North": (3, 7.0)}


def test_addresses_near_each_other_are_one_place_that_names_who_sends_there():
	(place,) = drawn(Sent("North", "ann", 2), Sent("South", "ben", 3)).places
	assert (place.name, place.lines, place.by) == ("Berlin", 5, ("North", "South"))


def test_what_has_no_place_is_counted():
	found = drawn(Sent("North", "", 2), Sent("Nowhere", "ann", 4), Sent("North", "unknown", 8))
	assert (found.without_place, found.places) == (14, ())
	assert found.warehouses == {"North": (10, 0.0)}


def test_no_more_places_than_are_drawn_those_with_most_lines():
	(place,) = drawn(Sent("North", "ann", 2), Sent("North", "cy", 3), most=1).places
	assert place.name == "Köln"
