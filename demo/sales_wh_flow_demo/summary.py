"""The totals of a stretch of days as lines of text."""

from sales_wh_flow.approval.rules.needs import APPROVED, OPEN, REJECTED, SUPERSEDED
from sales_wh_flow_demo.figures import Figures


def summary(figures: Figures, item_names: dict[str, str] | None = None) -> list[str]:
	"""The totals as lines of text."""
	waiting = figures.waiting_by_item()
	asked = len(figures.approvals)
	lines = [
		f"Orders          {len(figures.written)}: "
		+ ", ".join(f"{count} {status}" for status, count in figures.by_status()),
		f"Fill rate       {figures.fill_at_submit():.1%} of a line was locked at submit,"
		f" {figures.fill_now():.1%} is locked or delivered by now"
		f" ({len(figures.open_lines())} lines)",
		_parcels_in_words(figures),
		f"Approvals       {asked} asked: {figures.decided(APPROVED)} given,"
		f" {figures.decided(REJECTED)} refused, {figures.decided(OPEN)} open,"
		f" {figures.decided(SUPERSEDED)} no longer needed",
		f"Warehouse work  {figures.pick_lists} pick lists, {figures.delivery_notes} delivery notes,"
		f" {figures.purchases} deliveries received, {len(figures.served)} waiting orders served by them",
		f"Waiting         {sum(row[3] for row in waiting)} lines of {len(waiting)} items"
		+ (", most of them:" if waiting else ""),
	]
	for (rule, role), count in sorted(figures.owed.items()):
		lines.insert(
			4, f"                {count} would be asked of {role}: {rule}; the orders went on as they did"
		)
	for item, qty, uom, count in waiting[:5]:
		name = (item_names or {}).get(item, "")
		lines.append(
			f"                {qty:>9g} {uom:<6}{item:<10}{name[:44]:<45}{count} line{'s' * (count > 1)}"
		)
	return lines


def _parcels_in_words(figures: Figures) -> str:
	against = figures.parcels_of_least()
	text = (
		f"Parcels         {figures.from_at_most(1):.1%} of the orders leave from one warehouse,"
		f" {figures.from_at_most(2):.1%} from at most two;"
		f" {figures.short_share():.1%} of the lines were short"
	)
	return text if against is None else f"{text}; {against:.3f} x the parcels an exact search needs"
