CREATE TABLE login_claims (
  claim      BINARY(32) NOT NULL COMMENT 'SHA-256 of appid and code',
  created_at BIGINT NOT NULL,
  failure    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (claim),
  KEY login_claims_created_at (created_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
