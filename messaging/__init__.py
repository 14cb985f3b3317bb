"""Conversations and messages, and who has read what."""
