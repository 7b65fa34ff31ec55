package dev.minilogin.adapters.web.operation;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

@Controller("/ping")
class PingResource {
  @Get
  void ping() {}
}
