CREATE TABLE access_tokens (
  app_id          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  token           VARBINARY(1088) NULL COMMENT 'sealed',
  token_mac       BINARY(32) NULL COMMENT 'tells whether another one is kept',
  expires_at      BIGINT NULL,
  lease_id        BINARY(16) NULL COMMENT 'who renews it',
  leased_until    BIGINT NOT NULL,
  forced_at       BIGINT NULL,
  refused_failure VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL
    COMMENT 'why the last renewal failed',
  refused_errcode BIGINT NULL,
  retry_at        BIGINT NULL,
  PRIMARY KEY (app_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
