-- The one index that a slide touches: what nobody could use for long must go, whatever ended it.
ALTER TABLE sessions ADD KEY sessions_idle_expires_at (idle_expires_at);
