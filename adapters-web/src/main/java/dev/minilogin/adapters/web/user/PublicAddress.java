package dev.minilogin.adapters.web.user;

import java.net.URI;
import java.util.Optional;

/**
 * Where clients and WeChat reach this server.
 *
 * @param uri without a slash at its end: {@code https://login.example.com}
 */
public record PublicAddress(URI uri) {
  /** A profile's {@code avatarUrl} as clients are told it: a picture of ours has a host, too. */
  String absolute(String avatarUrl) {
    return avatarUrl.startsWith("/") ? uri + avatarUrl : avatarUrl;
  }

  /** What clients were told, as it stands in a profile; empty if it is no picture of ours. */
  Optional<String> relative(String avatarUrl) {
    return avatarUrl.startsWith(uri + "/")
        ? Optional.of(avatarUrl.substring(uri.toString().length()))
        : Optional.empty();
  }
}
