CREATE TABLE content_reviews (
  id          BINARY(16) NOT NULL,
  user_id     BINARY(16) NOT NULL,
  app_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  openid      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  field       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value       VARCHAR(512) NOT NULL,
  source      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tries       INT NOT NULL,
  trace       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at  BIGINT NOT NULL,
  next_try_at BIGINT NULL COMMENT 'NULL once it is held',
  held        TINYINT NOT NULL COMMENT 'waits for an operator',
  PRIMARY KEY (id),
  UNIQUE KEY content_reviews_field (user_id, field),
  KEY content_reviews_trace (app_id, trace),
  KEY content_reviews_next_try_at (next_try_at),
  KEY content_reviews_held (held, created_at),
  KEY content_reviews_value (value(64))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4
  COMMENT = 'reviews without a decision; whatever is decided is deleted';
