-- The defaults are what holds where nothing else is said (the domain's Policies.DEFAULT).
ALTER TABLE mini_programs
  ADD COLUMN tenant VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'default',
  ADD COLUMN content_checked TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN content_on_review VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT 'REFUSE',
  ADD COLUMN content_on_risky VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT 'REFUSE',
  ADD COLUMN risk_reaction VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT 'FLAG',
  ADD COLUMN risk_from TINYINT NOT NULL DEFAULT 4,
  ADD COLUMN encrypted_data_checked TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN push_mode VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL
    COMMENT 'NULL, and all of push_… with it, if WeChat pushes nothing to us',
  ADD COLUMN push_format VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN push_token VARBINARY(128) NULL COMMENT 'sealed',
  ADD COLUMN push_key VARBINARY(128) NULL COMMENT 'sealed; the current one of two',
  ADD COLUMN push_key_2 VARBINARY(128) NULL;
