package dev.minilogin.adapters.web.letter;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;

@Controller("/letter")
class LetterController {
  @Error
  void failed() {}
}
