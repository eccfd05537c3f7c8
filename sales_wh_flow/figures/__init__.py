"""How well orders were served: filled, on time, in full; each number leads to the orders that it counts."""
