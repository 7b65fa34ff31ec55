package dev.minilogin.domain.wechat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ReadsFiles {
  byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
