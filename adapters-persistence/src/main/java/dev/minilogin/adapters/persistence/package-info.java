/**
 * The domain's storage ports over MySQL and what they share.
 *
 * <p>SQL is written for the dialect that MySQL 8.0 to 9.7 and MariaDB from 10.11 have in common.
 * Every state change is one conditional statement whose row count decides. No rule of the domain
 * lives here, and nothing of HTTP or WeChat.
 */
package dev.minilogin.adapters.persistence;
