package com.electroisla.oldfront.http;

import com.electroisla.admin.Period;
import com.electroisla.http.Problem;
import com.electroisla.http.QueryParameters;
import java.time.ZoneId;

/** The period of {@code fecha_desde} and {@code fecha_hasta}. */
final class AdminPeriods {
    private static final String FROM = "fecha_desde";
    private static final String UNTIL = "fecha_hasta";

    private AdminPeriods() {}

    /** @throws com.electroisla.http.ProblemException 400 for a text that is no date, and for an end before the start */
    static Period of(QueryParameters query, ZoneId zone) {
        Period period = Period.ALWAYS;
        String from = query.get(FROM);
        if (from != null) {
            period = period.since(from, zone)
                    .orElseThrow(() -> Problem.invalidField(FROM, "campo_fecha").exception());
        }
        String until = query.get(UNTIL);
        if (until != null) {
            period = period.upTo(until, zone)
                    .orElseThrow(
                            () -> Problem.invalidField(UNTIL, "campo_fecha").exception());
        }
        if (period.isBackwards()) {
            throw Problem.invalidField(FROM, "campo_al_reves").exception();
        }
        return period;
    }
}
