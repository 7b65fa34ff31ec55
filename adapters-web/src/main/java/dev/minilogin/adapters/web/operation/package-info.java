/**
 * Routes for load balancers.
 *
 * <p>They tell what an instance can do and no more: details are for operators.
 */
package dev.minilogin.adapters.web.operation;
