"""The centre's directory (LDAP): signing in by it, and bringing its people and groups in."""
