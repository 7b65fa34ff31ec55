package dev.minilogin.bootstrap;

import dev.minilogin.application.letter.SendLetter;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

@Factory
final class Wiring {
  @Singleton
  SendLetter sendLetter() {
    return new SendLetter();
  }
}
