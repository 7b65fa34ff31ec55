package dev.minilogin.adapters.web.letter;

import dev.minilogin.application.letter.SendLetter;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

@Factory
final class WebFactory {
  @Singleton
  SendLetter sendLetter() {
    return new SendLetter();
  }
}
