package dev.minilogin.adapters.persistence.sealing;

import java.util.Map;

/**
 * What is to stand in a row's sealed and hashed columns.
 *
 * @param byColumn only those that change
 */
public record RenewedValues(Map<String, byte[]> byColumn) {
  public RenewedValues {
    byColumn = Map.copyOf(byColumn);
  }

  /**
   * What is to stand in a column.
   *
   * @param before what stands there, NULL included
   */
  public byte[] of(String column, byte[] before) {
    return byColumn.getOrDefault(column, before);
  }
}
