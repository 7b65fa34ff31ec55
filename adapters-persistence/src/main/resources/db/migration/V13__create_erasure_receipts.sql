CREATE TABLE erasure_receipts (
  user_id     BINARY(16) NOT NULL COMMENT 'of whom nothing else is left',
  app_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  push_id     BINARY(16) NOT NULL,
  received_at BIGINT NOT NULL COMMENT 'when the push came that asked for it',
  erased_at   BIGINT NOT NULL,
  PRIMARY KEY (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
