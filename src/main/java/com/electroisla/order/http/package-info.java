/** The HTTP calls of this feature: JSON in, a use case, JSON out. Decides nothing; nobody calls it but the server. */
@NullMarked
package com.electroisla.order.http;

import org.jspecify.annotations.NullMarked;
