/** The command {@code demo}. It must never serve on anything but loopback. */
@NullMarked
package com.electroisla.demo.cli;

import org.jspecify.annotations.NullMarked;
