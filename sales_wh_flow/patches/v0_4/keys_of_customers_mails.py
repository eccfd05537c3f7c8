"""A customer's mail is known by its order and milestone, no longer by its address, which changes: what was
told before the update is not told again after it. May run again.
"""

from sales_wh_flow.milestones.store import queue


def execute() -> None:
	queue.key_customers_mails()
