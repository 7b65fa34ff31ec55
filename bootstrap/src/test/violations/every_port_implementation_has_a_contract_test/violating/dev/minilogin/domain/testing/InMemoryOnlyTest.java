package dev.minilogin.domain.testing;

class InMemoryOnlyTest implements OnlyInMemoryContract {}
