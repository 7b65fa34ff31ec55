package dev.minilogin.adapters.persistence.review;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.testing.ContentReviewsContract;

class MysqlContentReviewsTest implements ContentReviewsContract, MysqlStorage {}
