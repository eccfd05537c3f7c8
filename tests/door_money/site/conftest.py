"""A test on a site, rolled back in the end; see tests/on_site.py."""

from tests.on_site import committed, in_this_transaction, place, policy, rolled_back, switches  # noqa: F401
