package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.audit.AuditCheck;
import dev.minilogin.domain.audit.AuditCheck.Flaw;
import dev.minilogin.domain.audit.AuditHead;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks the log, page by page, while others add to it, link and purge. */
@Singleton
final class AuditInspection {
  private static final int PAGE = 500;
  private static final int ATTEMPTS = 5;

  private final AuditRows rows;
  private final AuditMarks marks;
  private final AuditKeys keys;
  private final Storage storage;

  AuditInspection(AuditRows rows, AuditMarks marks, AuditKeys keys, Storage storage) {
    this.rows = rows;
    this.marks = marks;
    this.keys = keys;
    this.storage = storage;
  }

  /** As {@link dev.minilogin.domain.audit.AuditLog#check}. */
  AuditCheck check(Optional<AuditHead> kept) {
    for (int attempt = 1; ; attempt++) {
      AuditMarkRow anchor = anchor();
      AuditCheck check = checkFrom(anchor, kept);
      // What was purged meanwhile must not be missed.
      if (check.flaw().isEmpty() || attempt == ATTEMPTS || anchor().seq() == anchor.seq()) {
        return check;
      }
    }
  }

  private AuditCheck checkFrom(AuditMarkRow anchor, Optional<AuditHead> kept) {
    Optional<AuditEndRow> end = read(marks::end);
    AuditMarkRow head = end.map(AuditEndRow::head).orElseGet(() -> beginning(AuditMarkRow.HEAD));
    AuditWalk walk = new AuditWalk(keys, anchor.seq(), anchor.chain());
    Optional<Flaw> flaw =
        flawOfMark(anchor)
            .or(() -> flawOfMark(head))
            .or(() -> flawOfKept(anchor, kept))
            .or(() -> flawOfLinks(walk, head, kept))
            .or(() -> flawOfEnd(walk, head, end, kept));
    Unlinked unlinked = unlinked();
    return new AuditCheck(
        walk.linked(),
        unlinked.count(),
        new AuditHead(Math.max(0, head.seq()), HexFormat.of().formatHex(head.chain())),
        flaw.or(unlinked::flaw));
  }

  private Optional<Flaw> flawOfMark(AuditMarkRow mark) {
    if (isBeginning(mark) || marks.isProved(mark)) {
      return Optional.empty();
    }
    Flaw.Kind kind = marks.isLocked(mark) ? Flaw.Kind.UNPROVABLE : Flaw.Kind.END_EDITED;
    return Optional.of(new Flaw(mark.seq(), Optional.empty(), kind));
  }

  private Optional<Flaw> flawOfLinks(AuditWalk walk, AuditMarkRow head, Optional<AuditHead> kept) {
    while (walk.seq() < head.seq()) {
      long from = walk.seq();
      for (AuditRow row : storage.statement("checking the audit log", () -> page(from))) {
        if (walk.seq() == head.seq()) {
          break;
        }
        if (!walk.step(row)) {
          return walk.flaw();
        }
        if (isReplaced(kept, walk.seq(), walk.chain())) {
          return Optional.of(replaced(walk.seq()));
        }
      }
      if (walk.seq() == from) {
        return Optional.of(walk.missing());
      }
    }
    return Optional.empty();
  }

  private List<AuditRow> page(long after) {
    return rows.linked(after, PAGE);
  }

  private Optional<Flaw> flawOfEnd(
      AuditWalk walk, AuditMarkRow head, Optional<AuditEndRow> end, Optional<AuditHead> kept) {
    boolean ends = walk.seq() == head.seq() && AuditProof.isSame(walk.chain(), head.chain());
    long last = end.map(AuditEndRow::last).orElseGet(this::lastWithoutHead);
    if (last > head.seq()) {
      return Optional.of(new Flaw(head.seq() + 1, Optional.empty(), Flaw.Kind.ADDED));
    }
    if (!ends) {
      return Optional.of(new Flaw(head.seq(), Optional.empty(), Flaw.Kind.END_EDITED));
    }
    return kept.filter(then -> then.seq() > head.seq())
        .map(_ -> new Flaw(head.seq() + 1, Optional.empty(), Flaw.Kind.MISSING));
  }

  /** Without a head nothing may be linked. */
  private long lastWithoutHead() {
    return page(0).stream().mapToLong(AuditRow::seq).max().orElse(0);
  }

  private static Optional<Flaw> flawOfKept(AuditMarkRow anchor, Optional<AuditHead> kept) {
    return isReplaced(kept, anchor.seq(), anchor.chain())
        ? Optional.of(replaced(anchor.seq()))
        : Optional.empty();
  }

  private static boolean isReplaced(Optional<AuditHead> kept, long seq, byte[] chain) {
    return kept.filter(then -> then.seq() == seq)
        .filter(then -> !AuditProof.isSame(HexFormat.of().parseHex(then.chain()), chain))
        .isPresent();
  }

  private static Flaw replaced(long seq) {
    return new Flaw(seq, Optional.empty(), Flaw.Kind.REPLACED);
  }

  private record Unlinked(long count, Optional<Flaw> flaw) {}

  private Unlinked unlinked() {
    long count = 0;
    Optional<Flaw> flaw = Optional.empty();
    byte[] afterId = new byte[16];
    while (true) {
      byte[] from = afterId;
      List<AuditRow> page =
          storage.statement("checking the audit log's end", () -> rows.unlinked(from, PAGE));
      for (AuditRow row : page) {
        flaw = flaw.or(() -> AuditWalk.flawOfContent(keys, row));
      }
      count += page.size();
      if (page.size() < PAGE) {
        return new Unlinked(count, flaw);
      }
      afterId = page.getLast().id();
    }
  }

  private AuditMarkRow anchor() {
    return read(() -> marks.find(AuditMarkRow.ANCHOR))
        .orElseGet(() -> beginning(AuditMarkRow.ANCHOR));
  }

  private <T> T read(Supplier<T> work) {
    return storage.transaction("reading the ends of the audit log", work);
  }

  /** Where nothing was linked or purged yet, no row says so. */
  private static AuditMarkRow beginning(String name) {
    return new AuditMarkRow(name, 0, AuditProof.beginning(), 0, new byte[0]);
  }

  private static boolean isBeginning(AuditMarkRow mark) {
    return mark.seq() == 0
        && AuditProof.isSame(mark.chain(), AuditProof.beginning())
        && mark.mac().length == 0;
  }
}
