/** The operator's commands on reservations, with the guide's own words and symbols. */
@NullMarked
package com.electroisla.reservation.cli;

import org.jspecify.annotations.NullMarked;
