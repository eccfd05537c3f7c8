"""The promises themselves, stated independently of the code that keeps them."""
