"""What every package stands on: errors, the action, idempotency, scoping, encryption, the clock. No domain."""
