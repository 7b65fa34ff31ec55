ALTER TABLE mini_programs
  ADD COLUMN sealed_secret_2 VARBINARY(512) NULL COMMENT 'sealed; tried if WeChat refuses the first';
