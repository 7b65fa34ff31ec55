package dev.minilogin.adapters.persistence.sealing;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A sealed value of a row, with the hashes beside it that can be made of what is sealed.
 *
 * @param column where it is
 * @param bytes what is there
 * @param place the place that it was sealed for
 * @param hashes of what is sealed
 */
public record SealedValue(String column, byte[] bytes, String place, List<Hash> hashes) {
  /** A sealed value without hashes. */
  public SealedValue(String column, byte[] bytes, String place) {
    this(column, bytes, place, List.of());
  }

  /**
   * A hash of something sealed.
   *
   * @param column where it is
   * @param bytes what is there
   * @param purpose as it was hashed for
   * @param secret makes what is hashed of what is sealed
   */
  public record Hash(String column, byte[] bytes, String purpose, UnaryOperator<String> secret) {
    @Override
    public String toString() {
      return "Hash[" + column + "]";
    }
  }

  /** Its column; the place may name a person. */
  @Override
  public String toString() {
    return "SealedValue[" + column + "]";
  }
}
