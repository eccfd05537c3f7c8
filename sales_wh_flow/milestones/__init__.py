"""What happens to orders, told once to whoever is to know; and the page on which a customer looks."""
