"""The pages of releases, by noun: lists, drafts, one release."""
