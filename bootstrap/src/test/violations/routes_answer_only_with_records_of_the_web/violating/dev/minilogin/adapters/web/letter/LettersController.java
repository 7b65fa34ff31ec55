package dev.minilogin.adapters.web.letter;

import dev.minilogin.domain.letter.Letter;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/letters")
class LettersController {
  @Get
  HttpResponse<Letter> read() {
    return null;
  }
}
