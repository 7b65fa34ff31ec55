package dev.minilogin.domain.user;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A user's account.
 *
 * @param id who it is
 * @param status whether the user may log in
 * @param sessionEpoch sessions of an older epoch are ended: one write ends them all
 * @param profile what is known of the person, and may be shown
 * @param reviews new values of profile fields that may not be shown (yet)
 * @param phone the phone number, if one is bound
 * @param profileClearedAt when nickname or avatar was cleared because WeChat had cleaned them at
 *     its side; empty again once the user sets one of them
 * @param createdAt when the user first logged in
 * @param updatedAt when anything but the sessions last changed
 */
public record User(
    UserId id,
    Status status,
    int sessionEpoch,
    Profile profile,
    Map<ProfileField, FieldReview> reviews,
    Optional<BoundPhone> phone,
    Optional<Instant> profileClearedAt,
    Instant createdAt,
    Instant updatedAt) {
  private static final Set<ProfileField> CLEANED_BY_WECHAT =
      Set.of(ProfileField.NICKNAME, ProfileField.AVATAR_URL);

  /** Whether the user may log in. */
  public enum Status {
    /** As usual. */
    ACTIVE,
    /** An operator locked the account; its data stays. */
    SUSPENDED,
    /** The account was deleted; what must be kept of it has no personal data. */
    DELETED,
    /** It is part of another account; its identities log in there, and nobody sees it. */
    MERGED
  }

  public User {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(profile, "profile");
    reviews = Map.copyOf(reviews);
    Objects.requireNonNull(phone, "phone");
    Objects.requireNonNull(profileClearedAt, "profileClearedAt");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(updatedAt, "updatedAt");
  }

  /** A user of whom nothing but a profile is known. */
  public User(
      UserId id,
      Status status,
      int sessionEpoch,
      Profile profile,
      Instant createdAt,
      Instant updatedAt) {
    this(
        id,
        status,
        sessionEpoch,
        profile,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        createdAt,
        updatedAt);
  }

  /** A user who logs in for the first time: active, nothing known. */
  public static User firstSeen(UserId id, Instant at) {
    return new User(id, Status.ACTIVE, 0, Profile.EMPTY, at, at);
  }

  /** What decides whether a session of this user is good. */
  public Standing standing() {
    return new Standing(status, sessionEpoch);
  }

  /**
   * The user after a change of the profile. What it sets or clears is no longer under review: the
   * newest word counts. A placeholder sets nothing.
   */
  public User changed(ProfileChange change, Profile.Source source, Instant at) {
    Profile after = profile.after(change, source, at);
    Map<ProfileField, FieldReview> left = new EnumMap<>(ProfileField.class);
    left.putAll(reviews);
    change
        .values()
        .forEach(
            (field, value) -> {
              if (value.filter(field::isPlaceholder).isEmpty()) {
                left.remove(field);
              }
            });
    boolean setsWhatWasCleaned = CLEANED_BY_WECHAT.stream().anyMatch(field -> sets(change, field));
    return with(after, left, phone, setsWhatWasCleaned ? Optional.empty() : profileClearedAt, at);
  }

  private static boolean sets(ProfileChange change, ProfileField field) {
    return change
        .values()
        .getOrDefault(field, Optional.empty())
        .filter(value -> !field.isPlaceholder(value))
        .isPresent();
  }

  /** The user once a new value of a field is under review, or its review has ended in a refusal. */
  public User reviewing(ProfileField field, FieldReview review, Instant at) {
    Map<ProfileField, FieldReview> more = new EnumMap<>(ProfileField.class);
    more.putAll(reviews);
    more.put(field, review);
    return with(profile, more, phone, profileClearedAt, at);
  }

  /** The user with another phone number, or none. */
  public User withPhone(Optional<BoundPhone> bound, Instant at) {
    return with(profile, reviews, bound, profileClearedAt, at);
  }

  /**
   * The user after WeChat has cleaned nickname and avatar at its side: both are cleared here. If
   * they were before, and the user has set neither since, it stays at that time.
   *
   * @param until what was set or put under review later stays; if that is all there is, nothing
   *     changes
   */
  public User cleaned(Instant until, Instant at) {
    User cleared = erased(CLEANED_BY_WECHAT, until, at);
    if (cleared == this && CLEANED_BY_WECHAT.stream().anyMatch(this::isSetOrInReview)) {
      return this;
    }
    Optional<Instant> since = profileClearedAt.or(() -> Optional.of(at));
    return cleared.with(cleared.profile, cleared.reviews, phone, since, at);
  }

  private boolean isSetOrInReview(ProfileField field) {
    return profile.known().containsKey(field) || reviews.containsKey(field);
  }

  /**
   * The user without these fields, and without what is under review for them.
   *
   * @param until what was set or put under review later stays
   */
  public User erased(Set<ProfileField> fields, Instant until, Instant at) {
    Map<ProfileField, Profile.Known> known = new EnumMap<>(ProfileField.class);
    known.putAll(profile.known());
    Map<ProfileField, FieldReview> left = new EnumMap<>(ProfileField.class);
    left.putAll(reviews);
    for (ProfileField field : fields) {
      known.computeIfPresent(field, (_, value) -> value.since().isAfter(until) ? value : null);
      left.computeIfPresent(field, (_, review) -> madeAt(review).isAfter(until) ? review : null);
    }
    return with(new Profile(known), left, phone, profileClearedAt, at);
  }

  /** A UUID version 7 begins with the milliseconds of its making. */
  private static Instant madeAt(FieldReview review) {
    return Instant.ofEpochMilli(review.review().getMostSignificantBits() >>> 16);
  }

  /**
   * This account once another one of the same person is part of it. What is known here stays; what
   * isn't comes from the other one, with its provenance; so does the phone number. What is under
   * review there is dropped. All sessions are ended.
   */
  public User absorbing(User other, Instant at) {
    Map<ProfileField, Profile.Known> known = new EnumMap<>(ProfileField.class);
    known.putAll(other.profile.known());
    known.putAll(profile.known());
    return new User(
        id,
        status,
        sessionEpoch + 1,
        new Profile(known),
        reviews,
        phone.or(other::phone),
        profileClearedAt,
        createdAt,
        at);
  }

  /**
   * This account once another one is no longer part of it: what came from it goes, unless it was
   * changed since. All sessions are ended.
   *
   * @param other the other one as it was
   */
  public User releasing(User other, Instant at) {
    Map<ProfileField, Profile.Known> known = new EnumMap<>(ProfileField.class);
    known.putAll(profile.known());
    // Two accounts have the same value since the same millisecond only if one has it of the other.
    known.entrySet().removeAll(other.profile.known().entrySet());
    return new User(
        id,
        status,
        sessionEpoch + 1,
        new Profile(known),
        reviews,
        phone.equals(other.phone) ? Optional.empty() : phone,
        profileClearedAt,
        createdAt,
        at);
  }

  /**
   * This account while it is part of another one: as it was, to undo it, but nobody sees it, and
   * what is under review is dropped. All its sessions are ended.
   */
  public User absorbed(Instant at) {
    return new User(
        id,
        Status.MERGED,
        sessionEpoch + 1,
        profile,
        Map.of(),
        phone,
        profileClearedAt,
        createdAt,
        at);
  }

  /**
   * This account once it is no longer part of another one. All sessions stay ended.
   *
   * @param withPhone whether its phone number went with it and comes back; otherwise the number has
   *     been anybody's
   */
  public User restored(boolean withPhone, Instant at) {
    return new User(
        id,
        Status.ACTIVE,
        sessionEpoch + 1,
        profile,
        reviews,
        withPhone ? phone : Optional.empty(),
        profileClearedAt,
        createdAt,
        at);
  }

  /** What is left of a deleted account: that it was there. All its sessions are ended. */
  public User deleted(Instant at) {
    return new User(id, Status.DELETED, sessionEpoch + 1, Profile.EMPTY, createdAt, at);
  }

  /** The user once an operator has locked the account. All sessions are ended. */
  public User suspended(Instant at) {
    return status == Status.ACTIVE ? withStatus(Status.SUSPENDED, at) : this;
  }

  /** The user once an operator has unlocked the account. Sessions from before stay ended. */
  public User reinstated(Instant at) {
    return status == Status.SUSPENDED ? withStatus(Status.ACTIVE, at) : this;
  }

  private User withStatus(Status next, Instant at) {
    return new User(
        id, next, sessionEpoch + 1, profile, reviews, phone, profileClearedAt, createdAt, at);
  }

  /** {@code updatedAt} moves only if something differs. */
  private User with(
      Profile nextProfile,
      Map<ProfileField, FieldReview> nextReviews,
      Optional<BoundPhone> nextPhone,
      Optional<Instant> nextClearedAt,
      Instant at) {
    boolean same =
        nextProfile.equals(profile)
            && nextReviews.equals(reviews)
            && nextPhone.equals(phone)
            && nextClearedAt.equals(profileClearedAt);
    return same
        ? this
        : new User(
            id,
            status,
            sessionEpoch,
            nextProfile,
            nextReviews,
            nextPhone,
            nextClearedAt,
            createdAt,
            at);
  }
}
