"""Encryption at rest for personal fields, and keyed hashes to find people by."""
