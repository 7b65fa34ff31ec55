package dev.minilogin.bootstrap;

import dev.minilogin.application.letter.SendLetter;

final class BuildsByHand {
  SendLetter sendLetter() {
    return new SendLetter();
  }
}
