"""The line of money that a head validates."""

from django import forms


class ValidateLineForm(forms.Form):
    line = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
