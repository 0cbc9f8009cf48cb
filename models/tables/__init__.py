"""The tables, one file per aggregate: people, the referral and its record, the work that waits, the post."""
