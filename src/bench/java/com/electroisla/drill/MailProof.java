package com.electroisla.drill;

import com.electroisla.drill.DrillMailServer.Mail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the orders with the letters and the letters with the mails that arrived. A pure function.
 *
 * <p>Every order has the letter of its receipt, a cancelled one that of its cancelling too, and no other order has one;
 * every refund that is owed has one, and another when it is done.
 * Every letter arrived, once; a second time only with the Message-ID of the first, and only if between the two a server
 * died by {@code kill -9}, because nothing can be done about a sender that dies between the acceptance and its mark.
 */
final class MailProof {
    /** A mail that lay in the mail server's buffers when its sender died is accepted a little later. */
    private static final Duration BUFFERED = Duration.ofSeconds(10);

    private final List<String> differences = new ArrayList<>();
    private final List<Long> serverDeaths;
    private int doubles;

    private MailProof(List<Long> serverDeaths) {
        this.serverDeaths = serverDeaths;
    }

    /**
     * The result.
     *
     * @param doubles mails that came once more with the same Message-ID, after a death that explains it
     * @param differences each in a sentence; empty when there are none
     */
    record Result(int doubles, List<String> differences) {}

    /**
     * @param serverDeaths the moment of each {@code kill -9} of a server, by {@link System#nanoTime}
     */
    static Result of(Facts facts, List<MoneyFacts.RefundRow> refunds, List<Mail> mails, List<Long> serverDeaths) {
        var proof = new MailProof(serverDeaths);
        proof.letters(facts);
        proof.refunds(facts.letters(), "reembolso_debido/", refunds);
        proof.refunds(
                facts.letters(),
                "reembolso_hecho/",
                refunds.stream()
                        .filter(refund -> refund.state().equals("hecho"))
                        .toList());
        proof.mails(facts.letters(), mails);
        return new Result(proof.doubles, List.copyOf(proof.differences));
    }

    private void letters(Facts facts) {
        Map<String, Facts.LetterRow> letters = new TreeMap<>();
        facts.letters().forEach(letter -> letters.put(letter.key(), letter));
        for (Facts.OrderRow order : facts.orders()) {
            letter(letters.remove("pedido_creado/" + order.id()), order, "pedido_creado");
            if (order.state().equals("cancelado")) {
                letter(letters.remove("pedido_cancelado/" + order.id()), order, "pedido_cancelado");
            }
        }
        letters.keySet().removeIf(key -> key.startsWith("reembolso_"));
        letters.keySet().forEach(key -> differences.add("el correo " + key + " no es de ningún pedido que lo pida"));
    }

    /** As many letters to each as refunds are theirs: a letter has the number of its event. */
    private void refunds(List<Facts.LetterRow> letters, String kind, List<MoneyFacts.RefundRow> refunds) {
        Map<String, Long> written = letters.stream()
                .filter(letter -> letter.key().startsWith(kind))
                .collect(Collectors.groupingBy(Facts.LetterRow::recipient, TreeMap::new, Collectors.counting()));
        Map<String, Long> due = refunds.stream()
                .filter(refund -> refund.user() != null)
                .collect(Collectors.groupingBy(
                        refund -> DrillSql.address(Objects.requireNonNull(refund.user())),
                        TreeMap::new,
                        Collectors.counting()));
        if (!written.equals(due)) {
            differences.add("los correos " + kind + " son " + written + " y los reembolsos " + due);
        }
    }

    private void letter(Facts.@Nullable LetterRow letter, Facts.OrderRow order, String kind) {
        if (letter == null) {
            differences.add("el pedido " + order.id() + " no tiene su correo " + kind);
        } else if (!letter.recipient().equals(DrillSql.address(order.user()))) {
            differences.add(
                    "el correo " + letter.key() + " va a " + letter.recipient() + " y no a la cuenta " + order.user());
        }
    }

    private void mails(List<Facts.LetterRow> letters, List<Mail> mails) {
        Map<Long, List<Mail>> byLetter = new HashMap<>();
        Set<Long> known = letters.stream().map(Facts.LetterRow::id).collect(Collectors.toSet());
        for (Mail mail : mails) {
            long letter = letterOf(mail);
            if (known.contains(letter)) {
                byLetter.computeIfAbsent(letter, _ -> new ArrayList<>()).add(mail);
            } else {
                differences.add("llegó " + mail.messageId() + ", que no es de ningún correo de la base");
            }
        }
        letters.forEach(letter -> arrivals(letter, byLetter.getOrDefault(letter.id(), List.of())));
    }

    private void arrivals(Facts.LetterRow letter, List<Mail> copies) {
        if (!letter.state().equals("enviado")) {
            differences.add("el correo " + letter.key() + " quedó " + letter.state());
        }
        if (copies.isEmpty()) {
            differences.add("el correo " + letter.key() + " no llegó");
            return;
        }
        if (copies.stream().anyMatch(copy -> !copy.recipient().equals(letter.recipient()))) {
            differences.add("el correo " + letter.key() + " llegó a otro que " + letter.recipient());
        }
        Set<String> ids = copies.stream().map(Mail::messageId).collect(Collectors.toCollection(HashSet::new));
        if (ids.size() > 1) {
            differences.add("el correo " + letter.key() + " llegó con varios Message-ID: " + ids);
        }
        List<Mail> inOrder =
                copies.stream().sorted(Comparator.comparingLong(Mail::nanos)).toList();
        for (int i = 1; i < inOrder.size(); i++) {
            if (diedBetween(inOrder.get(i - 1).nanos(), inOrder.get(i).nanos())) {
                doubles++;
            } else {
                differences.add("el correo " + letter.key() + " llegó otra vez sin que muriera quien lo enviaba");
            }
        }
    }

    private boolean diedBetween(long first, long second) {
        return serverDeaths.stream()
                .anyMatch(death -> death - (first - BUFFERED.toNanos()) >= 0 && second - death >= 0);
    }

    /** The id in {@code <correo.ID.MOMENT@DOMAIN>}; -1 for another kind of Message-ID. */
    private static long letterOf(Mail mail) {
        String[] parts = mail.messageId().split("\\.", 3);
        return parts.length == 3 && parts[0].equals("<correo") && parts[1].matches("\\d{1,18}")
                ? Long.parseLong(parts[1])
                : -1;
    }
}
