"""Commands for `bench --site SITE ...`; Frappe finds them by the name of this module."""

import sys
from pathlib import Path

import click

import frappe
from frappe.commands import get_site, pass_context


@click.command("swhf-check")
@click.option("--item", "items", multiple=True, help="Look at this item and its orders only; repeatable.")
@click.option("--order", "orders", multiple=True, help="Look at this Sales Order only; repeatable.")
@click.option("--resume", is_flag=True, help="Go on behind the last part of a check that was interrupted.")
@pass_context
def check(context, items: tuple[str, ...], orders: tuple[str, ...], resume: bool) -> None:
	"""Look whether every invariant of the stock lock holds; the exit status is 1 when one does not."""
	found = 0
	for site in context.sites or [get_site(context)]:
		if len(context.sites) > 1:
			click.echo(f"{site}:")
		frappe.init(site=site)
		frappe.connect()
		try:
			found += _check_site(items, orders, resume)
		finally:
			frappe.destroy()
	sys.exit(1 if found else 0)


def _check_site(items: tuple[str, ...], orders: tuple[str, ...], resume: bool) -> int:
	"""How many findings there are, each said; a site that can't be checked yet is one."""
	from sales_wh_flow.audit import check as checking
	from sales_wh_flow.audit import resumable, words
	from sales_wh_flow.setup import behind

	if "sales_wh_flow" not in frappe.get_installed_apps():
		click.echo("The app is not installed here.")
		return 0
	if behind.what_is_missing():
		click.echo(behind.sentence(), err=True)
		return 1
	found = 0
	if items or orders:
		parts = [checking.look(items or None, orders or None)]
	else:
		found, parts = resumable.look_part_by_part(frappe.db.rollback, is_resumed=resume)
	for findings in parts:
		found += len(findings)
		for finding in findings:
			click.echo(words.finding_in_words(finding))
	click.echo(f"{found} findings" if found else "All is well: nothing was found.")
	return found


@click.command("swhf-sample")
@click.argument("what", type=click.Choice(["load", "drive", "remove"]))
@click.option("--seed", type=int, help="Which sample company.")
@click.option("--orders", type=int, help="How many of its orders.")
@click.option("--data", metavar="FOLDER", help="A company of your own as CSV files: docs/data-layout.md.")
@click.option("--out", metavar="FILE", help="Where drive writes its page.")
@click.option("--company", help="Which loaded company remove removes.")
@pass_context
def sample(context, what: str, **options) -> None:
	"""Load the sample company into a site, drive its orders through the flow, or remove it again."""
	demo = Path(__file__).resolve().parents[1] / "demo"
	if not demo.is_dir():
		raise click.ClickException(
			"The sample company is not part of the installed app: it lies in demo/ of its repository."
		)
	sys.path.insert(0, str(demo))
	from sales_wh_flow_demo import load, site

	verb, taken = {
		"load": (load.run, ("seed", "orders", "data")),
		"drive": (site.run, ("seed", "orders", "data", "out")),
		"remove": (load.remove, ("company",)),
	}[what]
	frappe.init(site=get_site(context))
	frappe.connect()
	try:
		verb(**{name: options[name] for name in taken if options[name] is not None})
		frappe.db.commit()  # the command is done
	finally:
		frappe.destroy()


commands = [check, sample]
