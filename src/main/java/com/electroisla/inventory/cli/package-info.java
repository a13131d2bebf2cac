/** The operator's commands on the stock figures, with the guide's own words and symbols. */
@NullMarked
package com.electroisla.inventory.cli;

import org.jspecify.annotations.NullMarked;
