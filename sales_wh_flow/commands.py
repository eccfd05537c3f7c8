"""Commands for `bench --site SITE ...`; Frappe finds them by the name of this module."""

import sys

import click

import frappe
from frappe.commands import get_site, pass_context


@click.command("swhf-check")
@click.option("--item", "items", multiple=True, help="Look at this item and its orders only; repeatable.")
@click.option("--order", "orders", multiple=True, help="Look at this Sales Order only; repeatable.")
@pass_context
def check(context, items: tuple[str, ...], orders: tuple[str, ...]) -> None:
	"""Look whether every invariant of the stock lock holds; the exit status is 1 when one does not."""
	from sales_wh_flow import check_messages
	from sales_wh_flow.flow import check as checking

	frappe.init(site=get_site(context))
	frappe.connect()
	try:
		findings = checking.look(items or None, orders or None)
		for finding in findings:
			click.echo(check_messages.text_of(finding))
		click.echo(f"{len(findings)} findings" if findings else "All is well: nothing was found.")
	finally:
		frappe.destroy()
	sys.exit(1 if findings else 0)


commands = [check]
