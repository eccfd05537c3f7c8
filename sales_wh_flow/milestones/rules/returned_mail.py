"""What mail servers say of mails that they did not take or could not deliver."""

import re

_SENDERS = ("mailer-daemon", "postmaster")
_SUBJECTS = (
	*("undeliver", "delivery status notification (failure", "mail delivery failed", "delivery failure"),
	*("returned mail", "failure notice", "unzustellbar", "nicht zustellbar"),
)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_REPLY = re.compile(r"\b(5\d\d[ -].{0,300})")
_REFUSED = re.compile(
	r"SMTP(?:Recipients|Sender)Refused.*?\(\s*(5\d\d),\s*b?['\"](.*?)['\"]\s*[,)]", re.DOTALL
)
_LONGEST = 140


def refusal_in(error: str) -> str:
	"""What the server answered that will never take the mail for this receiver; "" where another try may do.

	``error``: the traceback of Frappe's last try.
	"""
	found = _REFUSED.search(error or "")
	return _short(f"{found[1]} {found[2]}") if found else ""


def tells_of_failure(sender: str, subject: str, text: str) -> bool:
	"""Whether a mail that came in is a server's report that one of ours was not delivered, for good."""
	local = (sender or "").lower().partition("@")[0].rpartition("<")[2]
	about = (subject or "").lower()
	if not (local in _SENDERS and (any(it in about for it in _SUBJECTS) or "action: failed" in text.lower())):
		return False
	return "action: delayed" not in text.lower()


def addresses_in(text: str) -> tuple[str, ...]:
	"""The e-mail addresses that a text names, in small letters, each once."""
	return tuple(dict.fromkeys(it.lower() for it in _ADDRESS.findall(text or "")))


def reason_in(text: str) -> str:
	"""The server's own words for why, "" where it says none."""
	found = _REPLY.search(text or "")
	return _short(found[1]) if found else ""


def _short(text: str) -> str:
	return " ".join(text.replace("\\n", " ").split())[:_LONGEST]
