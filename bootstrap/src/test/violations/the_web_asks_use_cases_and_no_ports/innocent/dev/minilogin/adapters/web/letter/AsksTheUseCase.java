package dev.minilogin.adapters.web.letter;

import dev.minilogin.application.letter.SendLetter;
import dev.minilogin.domain.letter.Letters;

final class AsksTheUseCase {
  private SendLetter sendLetter;
  private Letters.Sent last;
}
