package dev.minilogin.adapters.persistence.push;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Statements on {@code push_inbox}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface PushRows extends GenericRepository<PushRow, byte[]> {
  /**
   * @return 0 if the push is there already, also under an older pepper
   */
  @Query(
      """
      INSERT IGNORE INTO push_inbox
        (id, app_id, dedupe_mac, event, person_mac, emptied, received_at, tries, next_try_at)
      SELECT :id, :appId, :dedupeMac, :event, :personMac, 0, :receivedAt, :tries, :receivedAt
        FROM DUAL
       WHERE NOT EXISTS
         (SELECT 1 FROM push_inbox p WHERE p.app_id = :appId AND p.dedupe_mac = :olderDedupeMac)
      """)
  int accept(
      byte[] id,
      String appId,
      byte[] dedupeMac,
      byte[] olderDedupeMac,
      byte[] event,
      @Nullable byte[] personMac,
      long receivedAt,
      int tries);

  @Query(
      """
      SELECT * FROM push_inbox WHERE next_try_at <= :now ORDER BY next_try_at, id LIMIT :limit
      """)
  List<PushRow> due(long now, int limit);

  /** Takes a push up, unless somebody else did since it was read. */
  @Query(
      """
      UPDATE push_inbox SET next_try_at = :retryAt, tries = tries + 1
       WHERE id = :id AND next_try_at = :seen
      """)
  int take(byte[] id, long seen, long retryAt);

  @Query("UPDATE push_inbox SET next_try_at = :retryAt WHERE id = :id AND handled_at IS NULL")
  int putOff(byte[] id, long retryAt);

  @Query(
      """
      UPDATE push_inbox SET event = NULL, person_mac = NULL, emptied = 1
       WHERE emptied = 0 AND handled_at < :handledBefore ORDER BY handled_at, id LIMIT :limit
      """)
  int forget(long handledBefore, int limit);

  @Query(
      """
      SELECT id, app_id, event, person_mac FROM push_inbox
       WHERE id > :lastId ORDER BY id LIMIT :limit
      """)
  List<SealedPushRow> after(byte[] lastId, int limit);

  @Query(
      """
      UPDATE push_inbox SET event = :newEvent, person_mac = :newMac
       WHERE id = :id AND event = :event AND person_mac <=> :personMac
      """)
  int sealAnew(
      byte[] id,
      byte[] event,
      @Nullable byte[] personMac,
      byte[] newEvent,
      @Nullable byte[] newMac);
}
