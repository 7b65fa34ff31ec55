-- What is read of a user's sessions are the few that aren't revoked; a slide touches no index.
ALTER TABLE sessions
  ADD COLUMN family BINARY(16) NULL
    COMMENT 'the session that the first of its line had; NULL: it is the first',
  MODIFY COLUMN login_claim BINARY(32) NULL COMMENT 'NULL if no login opened it',
  MODIFY COLUMN revoked_at BIGINT NULL COMMENT 'may lie ahead: it is good until then',
  DROP KEY sessions_user_id,
  ADD KEY sessions_user_id (user_id, revoked_at);
