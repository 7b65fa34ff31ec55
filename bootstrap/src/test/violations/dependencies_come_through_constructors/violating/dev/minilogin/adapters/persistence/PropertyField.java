package dev.minilogin.adapters.persistence;

import io.micronaut.context.annotation.Property;

final class PropertyField {
  @Property(name = "datasources.default.url")
  private String url;
}
