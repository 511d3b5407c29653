from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mediane.casework.states import Heard
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary


class ContactWord(models.Model):
    """How to reach a person from a day on, by her word: what was said before it no longer holds.

    Never changed: another word follows. Sealed with a key of its own, it belongs to no request.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, db_constraint=False)
    # The accounts that were hers when she said it: what another one says is not known to be replaced.
    accounts = ArrayField(models.BigIntegerField(), verbose_name="comptes")
    wrapped = models.BinaryField("clé emballée")
    # Where, when and with what precaution; and the words of whoever noted it.
    sealed = models.BinaryField("contact et note, scellés")
    notice_by_email = models.BooleanField("peut recevoir un courriel")
    receipt_by_email = models.BooleanField("accusé complet par courriel")
    heard = models.CharField("dit", max_length=10, choices=Heard)
    said_at = models.DateTimeField("dit le")
    said_to = models.CharField("noté par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="contact_word_is_of_an_account", condition=~Q(accounts=[])),
            models.CheckConstraint(
                name="contact_word_heard_by_somebody",
                condition=Q(heard=Heard.ONLINE, said_to="") | (~Q(heard=Heard.ONLINE) & ~Q(said_to="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_heard_display()}, {self.said_at:%Y-%m-%d}"
