/**
 * The documentation, executed: pages whose commands are run and whose outputs are compared, and the files in
 * {@code deploy/}. Only tests are here; the program must never depend on the text of a page.
 */
@NullMarked
package com.electroisla.docs;

import org.jspecify.annotations.NullMarked;
