package dev.minilogin.domain.testing;

class InMemoryContentReviewsTest extends InMemoryStorageFixture implements ContentReviewsContract {}
