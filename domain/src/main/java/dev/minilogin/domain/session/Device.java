package dev.minilogin.domain.session;

import dev.minilogin.domain.identifier.PlainText;
import dev.minilogin.domain.miniprogram.EnvVersion;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client says of itself at login, for the user's list of devices. It proves nothing.
 *
 * @param install the install of the mini program on one device, if the client tells it apart
 * @param model the device's model, at most 64 characters
 * @param platform {@code ios}, {@code android}, {@code devtools}…; at most 32 characters
 * @param envVersion which build of the mini program
 * @param version the mini program's version, at most 32 characters
 * @param scene where the user came from, one of WeChat's scene values; at most 16 characters
 */
public record Device(
    Optional<InstallHash> install,
    Optional<String> model,
    Optional<String> platform,
    Optional<EnvVersion> envVersion,
    Optional<String> version,
    Optional<String> scene) {
  /** A client that says nothing of itself. */
  public static final Device UNKNOWN =
      new Device(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public Device {
    Objects.requireNonNull(install, "install");
    Objects.requireNonNull(envVersion, "envVersion");
    requirePlain(64, "model", model);
    requirePlain(32, "platform", platform);
    requirePlain(32, "version", version);
    requirePlain(16, "scene", scene);
  }

  private static void requirePlain(int longest, String name, Optional<String> value) {
    value
        .flatMap(text -> PlainText.objectionTo(text, longest))
        .ifPresent(
            objection -> {
              throw new IllegalArgumentException(name + " " + objection);
            });
  }
}
