"""Goods that were picked for nothing go back to their shelf: somebody is asked, and says so."""
