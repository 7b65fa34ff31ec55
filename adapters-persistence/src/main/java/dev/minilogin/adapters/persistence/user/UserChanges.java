package dev.minilogin.adapters.persistence.user;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.revocation.Revocations;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.account.Accounts.Erasure;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.UnionId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Changes users, as a part of the transaction that the caller began. A deleted user counts as none.
 */
@Singleton
public final class UserChanges {
  private final UserChangeRows rows;
  private final Revocations revocations;
  private final Sealer sealer;

  UserChanges(UserChangeRows rows, Revocations revocations, Sealer sealer) {
    this.rows = rows;
    this.revocations = revocations;
    this.sealer = sealer;
  }

  /**
   * Reads a user, then writes what the change makes of it on the condition that nobody wrote
   * meanwhile, and forgets the reviews that it ends.
   *
   * @param change changes anything but the phone number; its result is the same object if nothing
   *     is to be written
   * @return the user after the change; empty if there is no such user
   */
  public Optional<User> change(UserId id, UnaryOperator<User> change) {
    return change(id, change, this::forgetEndedReviews);
  }

  /** As {@link #change}, but the caller forgets the reviews that it ends. */
  public Optional<User> decide(UserId id, UnaryOperator<User> change) {
    return change(id, change, (_, _) -> {});
  }

  private Optional<User> change(
      UserId id, UnaryOperator<User> change, BiConsumer<User, User> afterwards) {
    Optional<UserRow> row = rows.living(Binary.of(id.value()));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    User before = row.get().toUser(sealer);
    User after = change.apply(before);
    if (after != before) {
      write(row.get(), after);
      afterwards.accept(before, after);
    }
    return Optional.of(after);
  }

  private void forgetEndedReviews(User before, User after) {
    before
        .reviews()
        .forEach(
            (field, review) -> {
              boolean goesOn =
                  review(after, field)
                      .filter(left -> left.review().equals(review.review()))
                      .isPresent();
              if (review.state() == FieldReview.State.IN_REVIEW && !goesOn) {
                rows.forgetReview(Binary.of(review.review()));
              }
            });
  }

  private void write(UserRow before, User after) {
    Profile profile = after.profile();
    Optional<FieldReview> nickname = review(after, ProfileField.NICKNAME);
    Optional<FieldReview> avatar = review(after, ProfileField.AVATAR_URL);
    int changed =
        rows.change(
            before.id(),
            before.profileVersion(),
            column(profile, ProfileField.NICKNAME),
            column(profile, ProfileField.AVATAR_URL),
            column(profile, ProfileField.GENDER),
            column(profile, ProfileField.PROVINCE),
            column(profile, ProfileField.CITY),
            column(profile, ProfileField.COUNTRY),
            column(profile, ProfileField.LANGUAGE),
            Provenance.write(profile),
            nickname.map(review -> Binary.of(review.review())).orElse(null),
            nickname.map(review -> review.state().name()).orElse(null),
            nickname.flatMap(FieldReview::value).orElse(null),
            avatar.map(review -> Binary.of(review.review())).orElse(null),
            avatar.map(review -> review.state().name()).orElse(null),
            after.profileClearedAt().map(Instant::toEpochMilli).orElse(null),
            after.updatedAt().toEpochMilli());
    if (changed == 0) {
      throw new Storage.LostRace("the user was changed meanwhile");
    }
    noteShown(Optional.ofNullable(before.avatarUrl()), profile.value(ProfileField.AVATAR_URL));
  }

  private void noteShown(Optional<String> before, Optional<String> after) {
    if (!after.equals(before)) {
      before.flatMap(AvatarKey::ofPath).ifPresent(key -> rows.show(key.value(), false));
      after.flatMap(AvatarKey::ofPath).ifPresent(key -> rows.show(key.value(), true));
    }
  }

  /**
   * Takes a user's phone number away.
   *
   * @return whether there was one
   */
  public boolean unbindPhone(UserId id, Instant at) {
    return rows.unbindPhone(Binary.of(id.value()), Long.MAX_VALUE, at.toEpochMilli()) == 1;
  }

  /** Takes a user's phone number away if it was bound then or before. */
  public void erasePhone(UserId id, Instant boundUntil, Instant at) {
    rows.unbindPhone(Binary.of(id.value()), boundUntil.toEpochMilli(), at.toEpochMilli());
  }

  /**
   * Leaves of a user that it was there.
   *
   * @param alsoSuspended whether a suspended one, too
   */
  public Erasure delete(UserId id, boolean alsoSuspended, Instant at) {
    Optional<UserRow> row = rows.living(Binary.of(id.value()));
    if (row.isEmpty()) {
      return Erasure.NO_ACCOUNT;
    }
    if (!alsoSuspended && row.get().status().equals(User.Status.SUSPENDED.name())) {
      return Erasure.SUSPENDED;
    }
    delete(row.get(), at);
    return Erasure.ERASED;
  }

  /** Leaves of a user who is part of another one that it was there. */
  public void deleteAbsorbed(UserId id, Instant at) {
    rows.any(Binary.of(id.value()))
        .filter(row -> row.status().equals(User.Status.MERGED.name()))
        .ifPresent(row -> delete(row, at));
  }

  private void delete(UserRow row, Instant at) {
    if (rows.delete(row.id(), row.profileVersion(), at.toEpochMilli()) == 0) {
      throw new Storage.LostRace("the user was changed meanwhile");
    }
    noteShown(Optional.ofNullable(row.avatarUrl()), Optional.empty());
    revocations.of(new UserId(Binary.uuid(row.id())));
  }

  /**
   * Locks or unlocks an account, and ends all its sessions.
   *
   * @return {@code false}, and nothing changed, if it isn't in the first status
   */
  public boolean changeStatus(UserId id, User.Status from, User.Status to, Instant at) {
    boolean changed =
        rows.changeStatus(Binary.of(id.value()), from.name(), to.name(), at.toEpochMilli()) == 1;
    if (changed) {
      revocations.of(id);
    }
    return changed;
  }

  /** A user and the unionid, which the domain's user has not. */
  public record Known(User user, Optional<UnionId> unionId) {}

  /** The user, and by what all mini programs of one Open Platform account know it. */
  public Optional<Known> find(UserId id) {
    return rows.living(Binary.of(id.value()))
        .map(
            row ->
                new Known(
                    row.toUser(sealer), Optional.ofNullable(row.unionid()).map(UnionId::new)));
  }

  private static Optional<FieldReview> review(User user, ProfileField field) {
    return Optional.ofNullable(user.reviews().get(field));
  }

  private static String column(Profile profile, ProfileField field) {
    return profile.value(field).orElse(null);
  }
}
