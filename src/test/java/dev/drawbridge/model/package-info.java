/** A plain model of what is promised about a request, and random walks that hold the product against it. */
package dev.drawbridge.model;
