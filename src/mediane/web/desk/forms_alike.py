"""What a mediator lets the other Cafs read of a case, and takes back."""

from django import forms

from mediane.precedents.rules.naming import LONGEST, SHORTEST
from mediane.web.forms import Once, too_long


class ReleaseForm(Once):
    words = forms.CharField(
        label="Le résumé",
        widget=forms.Textarea,
        max_length=LONGEST,
        help_text=f"La situation, ce qui a été trouvé, comment cela s’est terminé, "
        f"en {SHORTEST} à {LONGEST}\u00a0caractères. Ni nom, ni lieu, ni date au jour près, ni numéro.",
        error_messages={"required": "Écrivez le résumé", "max_length": too_long(LONGEST)},
    )
    has_reread = forms.BooleanField(
        label="J’ai relu ce résumé\u00a0: il ne permet pas de reconnaître la personne",
        error_messages={"required": "Relisez le résumé, puis cochez cette case"},
    )


class WithdrawForm(forms.Form):
    public_id = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": "Cette page était incomplète", "invalid": "Cette page était incomplète"},
    )
    because = forms.CharField(
        label="Pourquoi le retirer\u00a0?",
        max_length=300,
        error_messages={"required": "Dites pourquoi vous le retirez", "max_length": too_long(300)},
    )
