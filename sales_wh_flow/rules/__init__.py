"""The decisions of the flow, in plain Python.

Nothing here imports frappe, reads a clock, draws a random number or touches a file: the same facts always
give the same answer, on a site, in a test and in the in-memory demonstration.
"""
