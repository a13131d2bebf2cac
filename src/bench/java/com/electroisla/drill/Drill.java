package com.electroisla.drill;

import com.electroisla.accounts.TestTokens;
import com.electroisla.command.CommandRefused;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.embedded.EmbeddedPostgres;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import com.electroisla.rig.Program;
import com.electroisla.rig.ThrowAwayFolder;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import com.electroisla.wiring.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The drill from its empty folder to its verdict. */
final class Drill {
    private static final int SERVERS = 2;
    private static final String PREFIX = "simulacro-";
    /** {@code ELECTRO_ISLA_HOME} of the servers, in their folder. */
    private static final String HOME = "var";
    /** How long an outcome that the last kill left unknown is asked for again: as long as a server may take. */
    private static final Duration LAST_QUESTIONS = Duration.ofMinutes(2);

    private static final Duration LONGEST_MAILING = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /** Later than every lease, pause and delay of letters and events. */
    private static final DatabaseClock AFTERWARDS = databaseTime -> databaseTime.plus(Duration.ofHours(2));

    /**
     * The plan of a drill.
     *
     * @param length the time over which the kills are spread
     * @param calm how long buyers go on after the last one, when all servers are back
     * @param payers how many more of them pay through the provider, which the drill plays
     * @param timeToLive of a hold, and of a payment that was begun; short, so that both expire during the drill
     */
    record Plan(
            Duration length,
            Duration calm,
            int serverKills,
            int databaseKills,
            int buyers,
            int payers,
            Duration timeToLive,
            long seed) {}

    /**
     * The result of a drill.
     *
     * @param facts the database's final content
     * @param money and its money
     * @param mails how many mails arrived
     * @param left how many of them after the end: their letters were in the hands of a server that died, or put off
     * @param doubles how many of them came once more after the {@code kill -9} of their sender
     * @param starts how often a server was started, in total
     * @param bystander the session that locked the busiest product
     * @param differences empty when the proof holds
     */
    record Verdict(
            Tally tally,
            Facts facts,
            MoneyFacts money,
            int mails,
            int left,
            int doubles,
            int starts,
            Bystander bystander,
            List<String> differences) {}

    /** The places where the drill happens. */
    private record Site(ThrowAwayFolder home, EmbeddedPostgres postgres, DrillMailServer mailServer, Duration window) {
        /** The settings of the servers and of who looks at the shop afterwards. */
        Map<Setting, String> flags() {
            Map<Setting, String> flags = new HashMap<>(mailServer.settings());
            flags.put(Setting.PAYMENTS, "prueba");
            flags.put(Setting.TEST_EVENT_SECRET, PlayedProvider.SECRET);
            flags.put(Setting.CARD_WINDOW, window.toString());
            return flags;
        }

        Settings settings() {
            Map<Setting, String> flags = flags();
            flags.put(Setting.HOME, home.path().resolve(HOME).toString());
            return Settings.load(home.path(), flags, Map.of());
        }
    }

    private final Plan plan;
    private final Program program;
    private final Consumer<String> progress;
    private final Tally tally = new Tally();
    private final PlayedProvider provider = new PlayedProvider();

    Drill(Plan plan, Program program, Consumer<String> progress) {
        this.plan = plan;
        this.program = program;
        this.progress = progress;
    }

    /** @param parent the folder for the drill's own folder, from which leftovers of earlier drills are removed */
    Verdict run(Path parent) throws Exception {
        try (ThrowAwayFolder home = ThrowAwayFolder.make(parent, PREFIX, progress);
                EmbeddedPostgres postgres = EmbeddedPostgres.attach(home.path().resolve(HOME), progress);
                DrillMailServer mailServer = new DrillMailServer();
                Database database = new Database(postgres.target(), 4)) {
            BuyerAccounts accounts = stock(database, home);
            CountDownLatch stop = new CountDownLatch(1);
            Duration period = plan.length().compareTo(Bystander.PERIOD) < 0 ? plan.length() : Bystander.PERIOD;
            var bystander = new Bystander(postgres::target, period, tally, stop, progress);
            Site site = new Site(home, postgres, mailServer, plan.timeToLive());
            int starts = shop(site, accounts, bystander, stop);
            postgres.revive();
            // A pool of its own: that of the buyers' tokens is full of dead connections.
            try (Database calm = new Database(postgres.target(), 2)) {
                return judge(calm, accounts, starts, bystander, site);
            }
        }
    }

    private BuyerAccounts stock(Database database, ThrowAwayFolder home) {
        if (new Migrations(database).migrateTo(Target.LATEST, false, _ -> {})
                instanceof MigrationOutcome.Refused refused) {
            throw new CommandRefused(refused.reason());
        }
        // Each kill sets accounts aside: those in use whose buyer has no key to repeat with.
        int count = plan.payers() + plan.buyers() * (2 + plan.serverKills() + plan.databaseKills());
        database.useTransaction(handle -> {
            DrillSql.insertBuyers(handle, count);
            DrillShelf.products()
                    .forEach((id, units) -> DrillSql.insertProduct(handle, id, DrillShelf.name(id), units));
        });
        return new BuyerAccounts(new TestTokens(database, home.path().resolve("llaves")), count, plan.payers());
    }

    /** Runs the buyers and the kills; returns how often a server was started. */
    private int shop(Site site, BuyerAccounts accounts, Bystander bystander, CountDownLatch stop) throws Exception {
        List<DrillServer> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            servers.add(new DrillServer(site.home(), i + 1, program, plan.timeToLive(), site.flags()));
        }
        CountDownLatch giveUp = new CountDownLatch(1);
        DrillScript script =
                DrillScript.of(plan.seed(), plan.length(), plan.serverKills(), plan.databaseKills(), SERVERS);
        Executioner executioner = new Executioner(script, servers, site.home(), tally, stop, progress);
        try (ExecutorService buyers = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("comprador-", 1).factory())) {
            try {
                servers.forEach(DrillServer::start);
                if (!executioner.awaitRecovery()) {
                    throw new CommandRefused(
                            "Los servidores no arrancan: " + servers.getFirst().lastWords());
                }
                progress.accept("Dos servidores en marcha, " + plan.buyers() + " compradores");
                List<Future<Boolean>> shopping = startShopping(buyers, servers, accounts, stop, giveUp);
                tally.begin();
                long began = System.nanoTime();
                Thread.ofPlatform().daemon().name("ajeno").start(bystander);
                executioner.call();
                stop.await(plan.length().toNanos() - (System.nanoTime() - began), TimeUnit.NANOSECONDS);
                if (!executioner.awaitRecovery()) {
                    servers.stream()
                            .filter(server -> !server.isReady())
                            .forEach(server -> tally.odd("un servidor no volvió: " + server.lastWords()));
                }
                executioner.awaitProgress();
                stop.await(plan.calm().toNanos(), TimeUnit.NANOSECONDS);
                stop.countDown();
                progress.accept("Los compradores terminan; se pregunta por lo que quedó sin respuesta");
                finish(shopping, giveUp);
                awaitMails(site);
            } finally {
                stop.countDown();
                giveUp.countDown();
                servers.forEach(DrillServer::close);
            }
        }
        return servers.stream().mapToInt(DrillServer::starts).sum();
    }

    private List<Future<Boolean>> startShopping(
            ExecutorService buyers,
            List<DrillServer> servers,
            BuyerAccounts accounts,
            CountDownLatch stop,
            CountDownLatch giveUp) {
        ShopClient client = new ShopClient();
        int[] ports = servers.stream().mapToInt(server -> server.port).toArray();
        List<Future<Boolean>> shopping = new ArrayList<>();
        for (int i = 0; i < plan.buyers(); i++) {
            shopping.add(buyers.submit(new Buyer(client, ports, accounts, tally, plan.seed() + 1 + i, stop, giveUp)));
        }
        for (BuyerAccounts.Account account : accounts.payers()) {
            long seed = plan.seed() - account.user;
            shopping.add(buyers.submit(
                    new Payer(client, ports, account, provider, plan.timeToLive(), tally, seed, stop, giveUp)));
        }
        return shopping;
    }

    /** Waits for the buyers. A failure of one fails the drill. */
    private static void finish(List<Future<Boolean>> shopping, CountDownLatch giveUp) throws Exception {
        long deadline = System.nanoTime() + LAST_QUESTIONS.toNanos();
        for (Future<Boolean> each : shopping) {
            try {
                each.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException stillOpen) {
                giveUp.countDown();
                each.get(LAST_QUESTIONS.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Waits until the servers have sent what they can send now. */
    private void awaitMails(Site site) throws InterruptedException {
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + LONGEST_MAILING.toNanos();
        site.postgres().revive();
        try (Database database = new Database(site.postgres().target(), 1)) {
            long due;
            while ((due = database.read(DrillSql::due)) > 0) {
                if (System.nanoTime() - deadline > 0) {
                    tally.odd("en " + LONGEST_MAILING.toMinutes() + " minutos los servidores no enviaron " + due
                            + " correos");
                    return;
                }
                never.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Sends the letters that dead servers had in their hands, as another does when the lease is over. */
    private static void sendWhatIsLeft(Database database, Site site) {
        try (Shop shop = Shop.open(site.settings(), database, AFTERWARDS)) {
            shop.distributeEvents().run();
            shop.sendLetters().orElseThrow().run();
        }
    }

    private Verdict judge(Database database, BuyerAccounts accounts, int starts, Bystander bystander, Site site) {
        int during = site.mailServer().mails().size();
        sendWhatIsLeft(database, site);
        Facts facts = database.inTransaction(handle -> DrillSql.read(handle, DatabaseClock.REAL.now(handle)));
        MoneyFacts money = database.read(DrillSql::readMoney);
        List<String> differences = new ArrayList<>(tally.oddities());
        differences.addAll(Judge.differences(accounts.histories(), accounts.payingUsers(), facts));
        differences.addAll(MoneyProof.differences(provider.told(), money));
        List<DrillMailServer.Mail> mails = site.mailServer().mails();
        MailProof.Result proof = MailProof.of(facts, money.refunds(), mails, tally.serverDeaths());
        differences.addAll(proof.differences());
        try (Shop shop = Shop.open(site.settings(), database, DatabaseClock.REAL)) {
            shop.inventory()
                    .verify(Optional.empty(), difference -> differences.add("verificar_inventario: " + difference));
        }
        return new Verdict(
                tally,
                facts,
                money,
                mails.size(),
                mails.size() - during,
                proof.doubles(),
                starts,
                bystander,
                differences);
    }
}
