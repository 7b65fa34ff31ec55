package dev.minilogin.adapters.web.letter;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.Map;

@Controller("/map")
class MapController {
  @Post
  Map<String, String> read() {
    return Map.of();
  }
}
