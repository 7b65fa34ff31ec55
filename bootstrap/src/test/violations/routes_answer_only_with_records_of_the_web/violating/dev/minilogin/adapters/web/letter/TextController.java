package dev.minilogin.adapters.web.letter;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/text")
class TextController {
  @Get
  HttpResponse<String> read() {
    return null;
  }
}
