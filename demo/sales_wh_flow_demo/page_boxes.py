"""What the page shows of boxes, and of goods that came back."""

from collections.abc import Iterable

from sales_wh_flow_demo.charts import Bar, bars
from sales_wh_flow_demo.figures import Figures
from sales_wh_flow_demo.sentences import GETS, WENT, counted


def tiles(figures: Figures) -> Iterable[tuple[str, str]]:
	"""(number, text) of each tile; none where nothing was packed."""
	if figures.boxes:
		kinds = len([kind for kind in figures.boxes if kind])
		of_kinds = f" of {kinds} kinds" if kinds > 1 else ""
		yield f"{figures.boxes.total():,}", f"{_noun(figures.boxes.total(), 'box')} packed{of_kinds}"
		refused = figures.refused
		yield f"{refused:,}", f"{_noun(refused, 'delivery')} refused at the door"


def packed(figures: Figures) -> str:
	"""A bar for each kind of box."""
	rows = [
		Bar(kind or "no kind", ((count, "tone-blue"),), f"{count:,}")
		for kind, count in figures.boxes.most_common()
	]
	return bars("Boxes by kind", rows, note_width=60)


def came_back(figures: Figures) -> str:
	"""A bar for each way that returned goods and their customer went."""
	rows = [
		Bar(
			WENT.get(decision, decision),
			((count, "tone-orange"),),
			", ".join(filter(None, (counted(count, "line"), GETS.get(remedy)))),
		)
		for (decision, remedy), count in sorted(figures.returns.items())
	]
	if not rows:
		return '<p class="sub">Nothing came back.</p>'
	return bars("What came back", rows, note_width=140)


def _noun(number: int, noun: str) -> str:
	return counted(number, noun).split(" ", 1)[1]
