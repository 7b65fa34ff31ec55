/** Counting uses in MySQL, with bucket4j, and on each instance before it asks the others. */
package dev.minilogin.adapters.persistence.limit;
