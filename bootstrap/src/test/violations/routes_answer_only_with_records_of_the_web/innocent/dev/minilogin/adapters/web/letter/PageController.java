package dev.minilogin.adapters.web.letter;

import dev.minilogin.domain.letter.Letter;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/page")
class PageController {
  record Page(String text) {}

  @Get
  HttpResponse<Page> read() {
    return HttpResponse.ok(new Page(""));
  }

  @Get("/last")
  Page last() {
    return new Page("");
  }

  private Letter letter() {
    return null;
  }
}
