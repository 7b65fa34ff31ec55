package dev.minilogin.adapters.persistence.phone;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.user.UserRow;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The statements that bind phone numbers to users; they run in transactions. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface PhoneRows extends GenericRepository<UserRow, byte[]> {
  @Query("SELECT * FROM users WHERE id = :id AND status NOT IN ('DELETED', 'MERGED') FOR UPDATE")
  Optional<UserRow> locked(byte[] id);

  /** Who else has a phone number; two at most, one under each pepper. */
  @Query(
      """
      SELECT * FROM users
       WHERE phone_tenant = :tenant AND phone_mac IN (:phoneMac, :olderPhoneMac) AND id <> :id
      """)
  List<UserRow> othersWithPhone(byte[] id, String tenant, byte[] phoneMac, byte[] olderPhoneMac);

  /** Fails with a duplicate key if another user got the number since it was looked for. */
  @Query(
      """
      UPDATE users
         SET phone = :phone, phone_mac = :phoneMac, phone_tenant = :tenant,
             phone_bound_at = :boundAt, profile_version = profile_version + 1,
             updated_at = :updatedAt
       WHERE id = :id AND profile_version = :version
      """)
  int bindPhone(
      byte[] id,
      int version,
      byte[] phone,
      byte[] phoneMac,
      String tenant,
      long boundAt,
      long updatedAt);

  /**
   * Fails with a duplicate key if another user has the number too, under the pepper of the new
   * hash. It is no change of the user: the version stays.
   */
  @Query(
      """
      UPDATE users SET phone = :newPhone, phone_mac = :newMac
       WHERE id = :id AND phone = :phone AND phone_mac = :phoneMac
      """)
  int sealAnew(byte[] id, byte[] phone, byte[] phoneMac, byte[] newPhone, byte[] newMac);

  /** Takes a certain phone number away. */
  @Query(
      """
      UPDATE users
         SET phone = NULL, phone_mac = NULL, phone_tenant = NULL, phone_bound_at = NULL,
             profile_version = profile_version + 1, updated_at = :at
       WHERE id = :id AND phone_tenant = :tenant AND phone_mac IN (:phoneMac, :olderPhoneMac)
      """)
  int losePhone(byte[] id, String tenant, byte[] phoneMac, byte[] olderPhoneMac, long at);
}
