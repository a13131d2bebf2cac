package com.electroisla.groupcommit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order in which requests are taken while rows are locked and freed. */
class WaitingRoomTest {
    private static final long MILK = 1;
    private static final long BREAD = 2;

    private final WaitingRoom<Wish, String> room = new WaitingRoom<>(4);

    private record Wish(int userId, String name) implements UserRequest {}

    @Test
    void who_comes_first_is_taken_first_and_the_door_has_so_many_places() throws Exception {
        arrive(1, "a");
        arrive(2, "b");
        arrive(3, "c");
        arrive(4, "d");
        assertFalse(room.arrive(submission(5, "e", Duration.ofMinutes(1))));
        assertEquals(List.of("a", "b"), names(take(2)));
        assertEquals(List.of("c", "d"), names(take(9)));
    }

    @Test
    void who_waits_aside_is_called_in_the_order_of_arrival_before_anybody_at_the_door_however_late_it_was_set_aside()
            throws Exception {
        arrive(1, "a");
        arrive(2, "b");
        WaitingRoom.Taken<Wish, String> both = take(9);
        assertTrue(room.setAside(both.batch().get(1), Stage.LOCKING, Set.of(MILK), false));
        assertTrue(room.setAside(both.batch().get(0), Stage.LOCKING, Set.of(MILK), false));
        arrive(3, "c");

        assertEquals(Set.of(MILK), free(Set.of(MILK), Set.of(MILK)).lockedProducts());
        arrive(4, "d");
        assertEquals(List.of("a", "b", "d"), names(free(Set.of(MILK), Set.of())));
    }

    @Test
    void who_needs_two_locked_rows_waits_for_both_and_is_passed_by_who_needs_the_free_one() throws Exception {
        arrive(1, "both");
        arrive(2, "milk");
        WaitingRoom.Taken<Wish, String> taken = take(9);
        room.setAside(taken.batch().get(0), Stage.LOCKING, Set.of(MILK, BREAD), false);
        room.setAside(taken.batch().get(1), Stage.LOCKING, Set.of(MILK), false);

        WaitingRoom.Taken<Wish, String> free = free(Set.of(MILK, BREAD), Set.of(BREAD));
        assertEquals(List.of("milk"), names(free));
        assertEquals(Set.of(BREAD), free.lockedProducts());
        assertEquals(List.of("both"), names(free(Set.of(BREAD), Set.of())));
    }

    @Test
    void a_later_request_of_the_same_user_waits_behind_the_earlier_one() throws Exception {
        arrive(1, "first");
        room.setAside(take(9).batch().getFirst(), Stage.LOCKING, Set.of(MILK), false);
        arrive(1, "second");
        arrive(2, "other");

        assertEquals(List.of("other"), names(take(9)));
        assertEquals(2, room.aside());
        assertEquals(List.of("first", "second"), names(free(Set.of(MILK), Set.of())));
    }

    @Test
    void who_is_put_behind_others_waits_with_them_and_if_they_were_called_meanwhile_is_taken_right_after_them()
            throws Exception {
        arrive(1, "first");
        room.setAside(take(9).batch().getFirst(), Stage.LOCKING, Set.of(MILK), false);
        arrive(2, "second");
        arrive(3, "third");
        WaitingRoom.Taken<Wish, String> taken = take(9);
        assertTrue(room.putBehind(taken.batch().get(0), Set.of(MILK)));
        assertEquals(List.of(), names(take(9)));
        room.free(Stage.LOCKING, new WaitingRoom.Question<>(List.of(), Set.of(MILK)), Blocked.NOBODY);
        assertTrue(room.putBehind(taken.batch().get(1), Set.of(MILK)));
        arrive(4, "fourth");

        WaitingRoom.Taken<Wish, String> all = take(9);
        assertEquals(List.of("first", "second", "third", "fourth"), names(all));
        assertEquals(Set.of(), all.lockedProducts(), "the free product must not look locked to the next batch");
    }

    @Test
    void who_is_put_behind_others_while_an_earlier_request_of_the_same_user_waits_for_another_row_waits_for_that_one()
            throws Exception {
        arrive(1, "milk");
        arrive(1, "bread");
        WaitingRoom.Taken<Wish, String> taken = take(9);
        room.setAside(taken.batch().get(0), Stage.LOCKING, Set.of(MILK), false);
        assertTrue(room.putBehind(taken.batch().get(1), Set.of(BREAD)));

        assertEquals(List.of(), names(take(9)));
        assertEquals(List.of("milk", "bread"), names(free(Set.of(MILK), Set.of())));
    }

    @Test
    void a_called_request_whose_users_earlier_one_has_gone_aside_again_waits_behind_it_and_the_earlier_never_behind_it()
            throws Exception {
        arrive(1, "first");
        room.setAside(take(9).batch().getFirst(), Stage.LOCKING, Set.of(MILK), false);
        arrive(1, "second");
        take(9);
        room.free(Stage.LOCKING, new WaitingRoom.Question<>(List.of(), Set.of(MILK)), Blocked.NOBODY);
        Submission<Wish, String> first = take(1).batch().getFirst();
        room.setAside(first, Stage.LOCKING, Set.of(BREAD), false);

        assertEquals(List.of(), names(take(9)));
        assertFalse(room.waitsForEarlier(first));
        assertEquals(List.of("first", "second"), names(free(Set.of(BREAD), Set.of())));
    }

    @Test
    void who_is_put_behind_others_waits_at_the_stage_at_which_they_wait() throws Exception {
        arrive(1, "first");
        arrive(2, "second");
        WaitingRoom.Taken<Wish, String> taken = take(9);
        room.setAside(taken.batch().get(0), Stage.WRITING, Set.of(MILK), false);
        assertTrue(room.putBehind(taken.batch().get(1), Set.of(MILK, BREAD)));

        assertEquals(Set.of(Stage.WRITING), room.questions().keySet());
        room.free(Stage.WRITING, new WaitingRoom.Question<>(List.of(), Set.of(MILK)), Blocked.NOBODY);
        assertEquals(List.of("first", "second"), names(take(9)));
    }

    @Test
    void a_row_that_was_not_asked_about_stays_locked() throws Exception {
        arrive(1, "milk");
        room.setAside(take(9).batch().getFirst(), Stage.LOCKING, Set.of(MILK), false);
        assertEquals(List.of(), names(free(Set.of(BREAD), Set.of())));
        assertEquals(1, room.aside());
    }

    @Test
    void who_has_waited_long_enough_is_sent_away_and_who_has_left_is_not_taken() throws Exception {
        Submission<Wish, String> hasty = submission(1, "hasty", Duration.ofNanos(1));
        room.arrive(hasty);
        assertFalse(
                room.setAside(take(9).batch().getFirst(), Stage.LOCKING, Set.of(MILK), false), "there is no time left");

        arrive(2, "gone");
        Submission<Wish, String> gone = take(9).batch().getFirst();
        room.setAside(gone, Stage.LOCKING, Set.of(MILK), false);
        assertTrue(gone.giveUp());
        assertEquals(List.of(), names(free(Set.of(MILK), Set.of())));
    }

    @Test
    void there_are_as_many_places_aside_as_at_the_door() throws Exception {
        for (int i = 1; i <= 5; i++) {
            arrive(i, "buyer " + i);
            assertEquals(i <= 4, room.setAside(take(9).batch().getFirst(), Stage.LOCKING, Set.of(MILK), false));
        }
    }

    @Test
    void at_the_end_everybody_is_sent_away() throws Exception {
        Submission<Wish, String> aside = submission(1, "aside", Duration.ofMinutes(1));
        Submission<Wish, String> atTheDoor = submission(2, "door", Duration.ofMinutes(1));
        room.arrive(aside);
        room.setAside(take(9).batch().getFirst(), Stage.WRITING, Set.of(), true);
        room.arrive(atTheDoor);

        room.sendAwayAll();

        for (Submission<Wish, String> each : List.of(aside, atTheDoor)) {
            assertInstanceOf(Reply.Busy.class, each.reply.get());
        }
        assertEquals(0, room.aside() + room.toTake());
    }

    private void arrive(int user, String name) {
        assertTrue(room.arrive(submission(user, name, Duration.ofMinutes(1))));
    }

    private static Submission<Wish, String> submission(int user, String name, Duration longestWait) {
        return new Submission<>(new Wish(user, name), Optional.empty(), longestWait);
    }

    private WaitingRoom.Taken<Wish, String> take(int most) throws InterruptedException {
        return room.take(most, Duration.ZERO);
    }

    /** All requests that can be taken after these products were asked about. */
    private WaitingRoom.Taken<Wish, String> free(Set<Long> asked, Set<Long> still) throws InterruptedException {
        room.free(Stage.LOCKING, new WaitingRoom.Question<>(List.of(), asked), new Blocked(Set.of(), still));
        return take(9);
    }

    private static List<String> names(WaitingRoom.Taken<Wish, String> taken) {
        return taken.batch().stream().map(each -> each.request.name()).toList();
    }
}
