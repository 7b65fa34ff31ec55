package dev.minilogin.adapters.web;

import jakarta.inject.Inject;

final class Setter {
  private Runnable work;

  @Inject
  void setWork(Runnable work) {
    this.work = work;
  }
}
