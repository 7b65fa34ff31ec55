CREATE TABLE rate_limits (
  bucket     BINARY(32) NOT NULL COMMENT 'hash of what is counted for whom',
  state      VARBINARY(255) NOT NULL COMMENT 'as bucket4j writes it',
  expires_at BIGINT NOT NULL COMMENT 'when the window ends',
  PRIMARY KEY (bucket),
  KEY rate_limits_expires_at (expires_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
