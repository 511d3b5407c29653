"""What a screen, or a job, reads of letters."""

from mediane.correspondence.queries.forms import form_sheet
from mediane.correspondence.queries.forwarding import forwarding_of, forwarding_sheet, reach_of
from mediane.correspondence.queries.letters import (
    NotYetMade,
    draft_reply_of,
    pdf_of,
    signed_letter,
    signed_letters_of,
    unread_of,
)
from mediane.correspondence.queries.library import (
    first_words,
    offers_for,
    template_for,
    template_of,
    templates_of,
    text_for,
)
from mediane.correspondence.queries.postings import posting_pdf, posting_sheet
from mediane.correspondence.queries.receipts import (
    coming,
    receipt_copy,
    receipt_sheet,
    received_in_words,
    service_address,
)
from mediane.correspondence.queries.sheets import (
    Signature,
    copy_of,
    easy_sheet_of,
    large,
    picture_of,
    sheet_of,
)
from mediane.correspondence.queries.values import remedies_of, ruling_values, values_of

__all__ = [
    "NotYetMade",
    "Signature",
    "coming",
    "copy_of",
    "draft_reply_of",
    "easy_sheet_of",
    "first_words",
    "form_sheet",
    "forwarding_of",
    "forwarding_sheet",
    "large",
    "offers_for",
    "pdf_of",
    "picture_of",
    "posting_pdf",
    "posting_sheet",
    "reach_of",
    "receipt_copy",
    "receipt_sheet",
    "received_in_words",
    "remedies_of",
    "ruling_values",
    "service_address",
    "sheet_of",
    "signed_letter",
    "signed_letters_of",
    "template_for",
    "template_of",
    "templates_of",
    "text_for",
    "unread_of",
    "values_of",
]
