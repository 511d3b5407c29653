from django.db import models


class User(models.Model):
    """A member of staff. Signs in elsewhere: no password lives here."""

    email = models.EmailField("courriel professionnel", unique=True)
    full_name = models.CharField("nom", max_length=120)
    is_active = models.BooleanField("compte actif", default=True)

    def __str__(self) -> str:
        return self.full_name
