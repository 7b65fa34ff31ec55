-- The receipts from before were all asked for by WeChat.
ALTER TABLE erasure_receipts
  ADD COLUMN cause VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'WECHAT'
    COMMENT 'who asked for it: USER, WECHAT, OPERATOR',
  MODIFY COLUMN app_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL
    COMMENT 'where it was asked for; NULL: by an operator',
  MODIFY COLUMN push_id BINARY(16) NULL COMMENT 'which push asked for it',
  CHANGE COLUMN received_at asked_at BIGINT NOT NULL,
  ADD KEY erasure_receipts_erased_at (erased_at);
