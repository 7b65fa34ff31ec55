package dev.minilogin.application.letter;

import dev.minilogin.domain.letter.Letters;

public final class SendLetter {
  private Letters letters;

  public Letters.Result execute() {
    return letters.send();
  }
}
