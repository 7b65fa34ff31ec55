package dev.minilogin.adapters.web.letter;

import dev.minilogin.application.letter.SendLetter;
import java.util.function.Supplier;

final class BuildsByReference {
  Supplier<SendLetter> sendLetter() {
    return SendLetter::new;
  }
}
