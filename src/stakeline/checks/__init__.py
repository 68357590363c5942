"""The checker: the figures of an article, what each claims, and whether it is right. Start reading at `figures.read`."""
