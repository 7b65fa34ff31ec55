package dev.minilogin.adapters.persistence;

final class Rows {}
