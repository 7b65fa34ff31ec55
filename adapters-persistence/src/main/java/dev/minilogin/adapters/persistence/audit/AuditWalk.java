package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.audit.AuditKeys.Known;
import dev.minilogin.domain.audit.AuditCheck.Flaw;
import java.util.Optional;

/** Goes along the chain, link by link, up to the first flaw. */
final class AuditWalk {
  private final AuditKeys keys;
  private long seq;
  private byte[] chain;
  private long linked;
  private Optional<Flaw> flaw = Optional.empty();

  /**
   * @param seq the place before the first link to come
   * @param chain its value
   */
  AuditWalk(AuditKeys keys, long seq, byte[] chain) {
    this.keys = keys;
    this.seq = seq;
    this.chain = chain.clone();
  }

  /**
   * Goes to the next row.
   *
   * @return whether it stands at its place
   */
  boolean step(AuditRow row) {
    flaw = row.seq() == seq + 1 ? flawOf(row) : Optional.of(missing());
    if (flaw.isEmpty()) {
      seq++;
      chain = row.chain();
      linked++;
    }
    return flaw.isEmpty();
  }

  private Optional<Flaw> flawOf(AuditRow row) {
    return flawOfContent(keys, row).or(() -> flawOfPlace(row));
  }

  /** What is wrong with what a row says, wherever it stands. */
  static Optional<Flaw> flawOfContent(AuditKeys keys, AuditRow row) {
    return switch (keys.find(row.macKey())) {
      case Known.Opened(AuditKeys.Key key) ->
          AuditProof.isSame(AuditProof.ofRow(key.key(), row), row.mac())
              ? Optional.empty()
              : Optional.of(at(row, Flaw.Kind.EDITED));
      case Known.Locked(), Known.Missing() -> Optional.of(at(row, Flaw.Kind.UNPROVABLE));
    };
  }

  private Optional<Flaw> flawOfPlace(AuditRow row) {
    if (row.chainKey() == null || row.chain() == null) {
      return Optional.of(at(row, Flaw.Kind.MISPLACED));
    }
    return switch (keys.find(row.chainKey())) {
      case Known.Opened(AuditKeys.Key key) ->
          AuditProof.isSame(AuditProof.ofLink(key.key(), chain, row.seq(), row.mac()), row.chain())
              ? Optional.empty()
              : Optional.of(at(row, Flaw.Kind.MISPLACED));
      case Known.Locked(), Known.Missing() -> Optional.of(at(row, Flaw.Kind.UNPROVABLE));
    };
  }

  private static Flaw at(AuditRow row, Flaw.Kind kind) {
    return new Flaw(row.seq() == null ? 0 : row.seq(), Optional.of(Binary.uuid(row.id())), kind);
  }

  /** That there is no row at the next place. */
  Flaw missing() {
    return new Flaw(seq + 1, Optional.empty(), Flaw.Kind.MISSING);
  }

  Optional<Flaw> flaw() {
    return flaw;
  }

  /** The place of the last row that was found at its place. */
  long seq() {
    return seq;
  }

  /** The value of that link. */
  byte[] chain() {
    return chain.clone();
  }

  /** How many rows were found at their places. */
  long linked() {
    return linked;
  }
}
