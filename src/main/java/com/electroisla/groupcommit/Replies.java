package com.electroisla.groupcommit;

import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;

/** The answers of a group commit that say nothing of what was asked. */
final class Replies {
    private Replies() {}

    /** Nothing was done: too many wait, or somebody has locked for long what is needed. */
    static Answer busy(Language language) {
        return Problem.of(ErrorCode.BUSY).withHeader("Retry-After", "1").answer(language);
    }

    /** Nothing was done: the database is out of reach. */
    static Answer unavailable(Language language) {
        return Problem.of(ErrorCode.DATABASE_UNAVAILABLE).withHeader("Retry-After", "2").answer(language);
    }

    /** It may have been done. */
    static Answer unknown(Language language) {
        return Problem.of(ErrorCode.OUTCOME_UNKNOWN).withHeader("Retry-After", "2").answer(language);
    }
}
