package dev.minilogin.adapters.media.letter;

import dev.minilogin.domain.letter.Letters;

final class S3Letters implements Letters {
  @Override
  public void send() {}
}
