CREATE TABLE revocations (
  id         BINARY(16) NOT NULL,
  revoked_at BIGINT NOT NULL COMMENT 'by the clock of the database',
  user_id    BINARY(16) NOT NULL COMMENT 'whose sessions or standing changed',
  PRIMARY KEY (id),
  KEY revocations_revoked_at (revoked_at, user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4
  COMMENT = 'what instances remember of these users is over; read by all of them, kept for minutes';
