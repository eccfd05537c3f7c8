"""What the timeline of a Delivery Note says of its parcels; HTML.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _
from frappe.utils import escape_html


def boxes_delivered_unconfirmed(why: str) -> str:
	"""Its boxes are said to be delivered, and something keeps the note from saying so."""
	return _("All its boxes are said to be delivered. It is not confirmed: {0}").format(escape_html(why))
