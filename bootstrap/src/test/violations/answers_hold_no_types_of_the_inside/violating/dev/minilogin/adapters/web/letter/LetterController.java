package dev.minilogin.adapters.web.letter;

import dev.minilogin.domain.letter.Letter;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.List;

@Controller("/letter")
class LetterController {
  record Answer(Page page) {}

  record Page(List<Letter> letters) {}

  @Get
  Answer read() {
    return null;
  }
}
