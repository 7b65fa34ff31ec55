package dev.minilogin.adapters.web.letter;

import dev.minilogin.domain.letter.Letter;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/letter")
class LetterController {
  @Get
  Letter read() {
    return null;
  }
}
