"""What seals what: the contexts under which parts of a referral are sealed."""

SAFE_CONTACT = b"referrals.safe_contact"
