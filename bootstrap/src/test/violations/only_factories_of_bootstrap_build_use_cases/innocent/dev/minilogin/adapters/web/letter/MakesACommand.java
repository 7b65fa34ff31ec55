package dev.minilogin.adapters.web.letter;

import dev.minilogin.application.letter.SendLetter;

final class MakesACommand {
  SendLetter.Command command() {
    return new SendLetter.Command();
  }
}
