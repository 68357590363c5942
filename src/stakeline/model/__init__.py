"""The nouns: immutable, exact, without IO. Everything above speaks in them."""
