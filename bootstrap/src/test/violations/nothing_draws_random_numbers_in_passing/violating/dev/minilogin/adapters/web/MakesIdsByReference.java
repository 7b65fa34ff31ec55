package dev.minilogin.adapters.web;

import java.util.UUID;
import java.util.function.Supplier;

final class MakesIdsByReference {
  Supplier<UUID> ids() {
    return UUID::randomUUID;
  }
}
