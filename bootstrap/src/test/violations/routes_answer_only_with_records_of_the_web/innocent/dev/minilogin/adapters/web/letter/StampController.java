package dev.minilogin.adapters.web.letter;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/stamp")
class StampController {
  @Get
  HttpResponse<byte[]> show() {
    return HttpResponse.ok(new byte[0]);
  }
}
