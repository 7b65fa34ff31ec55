CREATE TABLE avatars (
  avatar_key VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id    BINARY(16) NOT NULL,
  added_at   BIGINT NOT NULL,
  shown      TINYINT NOT NULL
    COMMENT 'a profile began to show it: it can be unused only once one has ceased to',
  PRIMARY KEY (avatar_key),
  KEY avatars_added_at (shown, added_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE avatar_pictures (
  avatar_key VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  media_type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content    MEDIUMBLOB NOT NULL,
  PRIMARY KEY (avatar_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
