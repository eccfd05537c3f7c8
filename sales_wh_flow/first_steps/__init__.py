"""The first ten minutes: ready-made set-ups tried on the company's own orders, and what is on since."""
