ALTER TABLE users
  MODIFY COLUMN profile_version INT NOT NULL COMMENT 'counts the changes of all but the sessions',
  ADD COLUMN phone VARBINARY(128) NULL COMMENT 'sealed',
  ADD COLUMN phone_mac BINARY(32) NULL COMMENT 'HMAC-SHA-256 of the number under a pepper',
  ADD COLUMN phone_tenant VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN phone_bound_at BIGINT NULL,
  ADD COLUMN nickname_review_id BINARY(16) NULL,
  ADD COLUMN nickname_review_state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN nickname_review_value VARCHAR(32) NULL,
  ADD COLUMN avatar_review_id BINARY(16) NULL COMMENT 'nobody is told the value under review',
  ADD COLUMN avatar_review_state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN profile_cleared_at BIGINT NULL COMMENT 'because WeChat had cleaned nickname and avatar',
  ADD UNIQUE KEY users_phone (phone_tenant, phone_mac),
  ADD KEY users_avatar_url (avatar_url(64));
