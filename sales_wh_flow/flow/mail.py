"""The mailer under the name it had before, for queues that were filled before the update."""

from sales_wh_flow.approval.mail import requests

__all__ = ["requests"]
