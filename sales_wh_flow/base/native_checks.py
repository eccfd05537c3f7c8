"""ERPNext's own checks that the flow has already answered.

ERPNext gives no event between a document's checks, and a class override would shut out every other app that
overrides the same class. So the one document in hand, not its class, is told to skip the check. Other
documents, and other apps' overrides of them, keep theirs.

A waiver belongs to whoever made it. Handlers run in no order that one of them could rely on, so a check comes
back only when everybody who waived it has given it back.
"""


class _Waiver:
	"""Stands in for a waived check; a class of a module, so that the document can still be pickled."""

	def __init__(self, covered=None):
		self.owners: set[str] = set()
		self.covered = covered
		"""What somebody else had put on this very document in the check's place."""

	def __call__(self, *_args, **_kwargs) -> None:
		return None


def waive(doc, owner: str, *methods: str) -> None:
	"""Let this document instance skip the named methods of its controller, on behalf of ``owner``.

	``owner``: the module that decides it, ``__name__``; the only one that can give the check back.
	"""
	for method in methods:
		standing = doc.__dict__.get(method)
		if not isinstance(standing, _Waiver):
			standing = doc.__dict__[method] = _Waiver(standing)
		standing.owners.add(owner)


def restore(doc, owner: str, *methods: str) -> None:
	"""Take back what ``owner`` waived; the controller's method is there again once nobody waives it."""
	for method in methods:
		standing = doc.__dict__.get(method)
		if not isinstance(standing, _Waiver):
			continue
		standing.owners.discard(owner)
		if standing.owners:
			continue
		if standing.covered is None:
			del doc.__dict__[method]
		else:
			doc.__dict__[method] = standing.covered
