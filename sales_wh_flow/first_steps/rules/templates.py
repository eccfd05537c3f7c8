"""The ready-made set-ups: which switch each needs, and which figure it can be given."""

from dataclasses import dataclass

CREDIT, DISCOUNT, NEAREST, LOCK, COURIERS = (
	"credit_limit",
	"discount",
	"nearest",
	"lock_on_submit",
	"couriers",
)


@dataclass(frozen=True, slots=True)
class Template:
	"""``switches``: fields of Sales Flow Settings that it sets to On. ``makes``: the DocType of its record,
	none where the switch is all. ``figure``: what is proposed, where it can be given a figure.
	"""

	key: str
	switches: tuple[str, ...]
	makes: str = ""
	figure: float | None = None
	most: float = 1000.0
	docs: str = ""


TEMPLATES: dict[str, Template] = {
	one.key: one
	for one in (
		Template(CREDIT, ("approval",), "Order Approval Rule", 100.0, 1000.0, "approvals.md"),
		Template(DISCOUNT, ("approval",), "Order Approval Rule", 15.0, 100.0, "approvals.md"),
		Template(NEAREST, ("routing",), "Warehouse Routing Rule", docs="routing.md"),
		Template(LOCK, ("stock_lock",), docs="stock-lock.md"),
		Template(COURIERS, (), "Courier", docs="couriers.md"),
	)
}
"""In the order in which most companies switch them on."""


def figure_of(template: Template, given: float | None) -> float | None:
	"""What is used: what was given within what makes sense, else what is proposed."""
	if template.figure is None:
		return None
	if given is None:
		return template.figure
	return min(max(given, 0.0), template.most)
