CREATE TABLE push_inbox (
  id          BINARY(16) NOT NULL,
  app_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  dedupe_mac  BINARY(32) NOT NULL COMMENT 'HMAC-SHA-256 of what all deliveries of a push share',
  event       MEDIUMBLOB NULL COMMENT 'sealed',
  person_mac  BINARY(32) NULL COMMENT 'HMAC-SHA-256 of whom it is about, to forget all about them',
  emptied     TINYINT NOT NULL
    COMMENT 'event and person_mac are NULL for good; the row tells duplicates',
  received_at BIGINT NOT NULL,
  tries       INT NOT NULL,
  next_try_at BIGINT NULL COMMENT 'NULL once it is done',
  handled_at  BIGINT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY push_inbox_dedupe_mac (app_id, dedupe_mac),
  KEY push_inbox_person_mac (person_mac),
  KEY push_inbox_next_try_at (next_try_at),
  KEY push_inbox_handled_at (emptied, handled_at),
  KEY push_inbox_received_at (app_id, received_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
