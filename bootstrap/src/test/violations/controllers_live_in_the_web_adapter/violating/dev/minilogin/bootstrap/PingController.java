package dev.minilogin.bootstrap;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/ping")
class PingController {
  @Get
  void ping() {}
}
