"""The code by which a case is followed, as far as anything of it is kept."""

from django.utils.crypto import constant_time_compare, salted_hmac

from mediane.casework.models import Case, FollowCode


def digest(reference: str, code: str) -> str:
    """All that is kept of a code: a hash keyed by the settings, good for one reference only."""
    given = f"{reference} {code}"
    return salted_hmac("mediane.casework.follow_code", given, algorithm="sha256").hexdigest()


def code_of(case: Case) -> FollowCode | None:
    """When and by whom the last code was given."""
    return FollowCode.objects.filter(case=case).first()


def opens(case: Case, code: str) -> bool:
    """Whether this is the running code of the case, to print it once more while its page is open."""
    last = code_of(case)
    if last is None or last.ended_at is not None:
        return False
    return constant_time_compare(last.digest, digest(case.reference, code))
