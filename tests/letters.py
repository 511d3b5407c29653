"""A reply that may be signed: it says why, and names the tribunal of the benefit of tests/stories.py."""

LETTER = """Madame,

## Ce que j’ai constaté

Votre salaire d’avril a été compté deux fois.

## Si vous n’êtes pas d’accord

Vous pouvez faire un recours auprès de la direction de la Caf. Ensuite,
vous pouvez saisir le tribunal administratif."""
