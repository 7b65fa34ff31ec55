package dev.minilogin.adapters.web.letter;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/bytes")
class BytesController {
  @Get
  byte[] read() {
    return null;
  }
}
