package dev.minilogin.adapters.web.letter;

import dev.minilogin.domain.letter.Letter;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/page")
class PageController {
  record Page(String text) {
    static Page of(Letter letter) {
      return new Page(letter.text());
    }
  }

  @Get
  Page read(Letter letter) {
    return Page.of(letter);
  }
}
