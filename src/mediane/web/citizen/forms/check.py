from django import forms


class SendForm(forms.Form):
    """Names the draft being sent, so that sending it again finds what was sent."""

    reference = forms.CharField(widget=forms.HiddenInput)
