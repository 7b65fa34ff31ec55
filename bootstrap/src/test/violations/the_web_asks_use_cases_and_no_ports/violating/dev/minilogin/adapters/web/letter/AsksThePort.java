package dev.minilogin.adapters.web.letter;

import dev.minilogin.domain.letter.Letters;

final class AsksThePort {
  private Letters letters;
}
