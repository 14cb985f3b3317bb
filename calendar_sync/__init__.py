"""The same appointments in people's own calendars."""
