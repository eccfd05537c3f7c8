"""Decisions of claims: which incidents are one, until when, and what is wrong with a bill."""
