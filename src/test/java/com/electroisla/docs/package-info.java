/**
 * The documentation, executed: pages whose commands and outputs are compared with what really happens, and the files in
 * {@code deploy/}. Only tests are here; nothing in the program may depend on how a page is written.
 */
@NullMarked
package com.electroisla.docs;

import org.jspecify.annotations.NullMarked;
