ALTER TABLE wechat_identities
  MODIFY COLUMN session_key VARBINARY(256) NULL
    COMMENT 'sealed; the newest of three; NULL, and all of session_key_… with it, once unused',
  MODIFY COLUMN session_key_mac BINARY(32) NULL COMMENT 'tells whether WeChat gave another one',
  MODIFY COLUMN session_key_at BIGINT NULL,
  ADD COLUMN session_key_used_at BIGINT NULL COMMENT 'when one came last, new or not',
  ADD KEY wechat_identities_session_key_used_at (session_key_used_at);
