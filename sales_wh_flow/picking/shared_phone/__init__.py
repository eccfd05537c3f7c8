"""One phone, several pickers: whoever takes it says so with a PIN, and acts as that person."""
