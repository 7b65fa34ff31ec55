ALTER TABLE sessions ADD KEY sessions_idle_expires_at (idle_expires_at);
