"""The pages behind signed links, wherever in the flow they lie."""

from sales_wh_flow.approval import mail
from sales_wh_flow.milestones import page_link


def forbid_framing(response, request) -> None:
	"""After a request: no page of somebody else's shows the pages behind signed links in a frame."""
	if request.path.strip("/").partition(".")[0] in (mail.PAGE, page_link.PAGE):
		response.headers["X-Frame-Options"] = "DENY"
		response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
		response.headers["Referrer-Policy"] = "no-referrer"  # the address is the right to decide, or to see
