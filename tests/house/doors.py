"""Who each URL opens to, by GET: the readable policy."""

VISITORS = ("anonymous", "samira", "awa", "nadia", "claire", "remi")
# The case in the address is Samira’s, in Paris: Nadia and Claire work there; Awa and Rémi are of another Caf.
DOORS: dict[str, tuple[int, int, int, int, int, int]] = {}
