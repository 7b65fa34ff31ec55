package dev.minilogin.adapters.web.operation;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/pong")
class PongController {
  @Get
  void ping() {}
}
