package dev.minilogin.adapters.media.letter;

import dev.minilogin.domain.letter.Letters;

final class ImageIoLetters implements Letters {
  @Override
  public void send() {}
}
