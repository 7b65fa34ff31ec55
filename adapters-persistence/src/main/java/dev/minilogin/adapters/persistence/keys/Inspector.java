package dev.minilogin.adapters.persistence.keys;

import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.persistence.sealing.SealedValue;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells under which keys values stand. */
@Singleton
final class Inspector {
  /** Stands for a key that can't be told. */
  static final int UNKNOWN = 0;

  private final KeyRing ring;
  private final Sealer sealer;
  private final Hasher hasher;

  Inspector(KeyRing ring, Sealer sealer, Hasher hasher) {
    this.ring = ring;
    this.sealer = sealer;
    this.hasher = hasher;
  }

  /** The number of the key that a value says it was sealed under, or {@link #UNKNOWN}. */
  int sealingKey(SealedValue value) {
    try {
      return Sealer.keyNumber(value.bytes());
    } catch (UnsealingFailed e) {
      return UNKNOWN;
    }
  }

  /** What is sealed; empty if it can't be opened. */
  Optional<String> open(SealedValue value) {
    try {
      return Optional.of(sealer.open(value.bytes(), value.place()));
    } catch (UnsealingFailed e) {
      return Optional.empty();
    }
  }

  /** Whether the ring has the key, so that only a changed value can't be opened. */
  boolean has(int sealingKey) {
    return ring.sealingNumbers().contains(sealingKey);
  }

  /** The number of the pepper that a hash was made under, or {@link #UNKNOWN}. */
  int pepper(SealedValue.Hash hash, String opened) {
    OptionalInt number = hasher.pepperOf(hash.bytes(), hash.purpose(), hash.secret().apply(opened));
    return number.orElse(UNKNOWN);
  }
}
