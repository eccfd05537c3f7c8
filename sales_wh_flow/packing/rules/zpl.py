"""Text for a label printer that reads ZPL."""

_MEANS_SOMETHING = str.maketrans({"^": " ", "~": " ", "\\": "/", "\r": " ", "\n": " ", "_": "-"})


def zpl_text(text: object, longest: int = 60) -> str:
	"""The text as ZPL prints it: nothing in it is taken for a command."""
	return " ".join(str(text if text is not None else "").translate(_MEANS_SOMETHING).split())[:longest]
