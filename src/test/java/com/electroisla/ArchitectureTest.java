package com.electroisla;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The rules of the house that a machine can check. docs/concepts/architecture.md explains them, and its diagram is
 * compared with the code here.
 *
 * <p>Every exception is named with its reason, and one that is no longer needed fails
 * {@link #every_exception_is_there_and_is_still_one}.
 */
final class ArchitectureTest {
    private static final String ROOT = "com.electroisla";

    /** All handwritten classes: JMH's generated ones are left out. */
    private static final JavaClasses ALL = importAll();

    /** Of the libraries only those whose inheritance a rule asks for: reading all of them takes most of the time. */
    private static JavaClasses importAll() {
        ArchConfiguration.get().setClassResolver(SelectedClassResolverFromClasspath.class);
        ArchConfiguration.get().setClassResolverArguments("java.sql", "org.jdbi", "org.junit", "net.jqwik");
        return new ClassFileImporter()
                .withImportOption(place -> !place.contains("jmh_generated"))
                .importPaths(Path.of("target/classes"), Path.of("target/test-classes"));
    }

    private static final JavaClasses PRODUCTION = ALL.that(describe(
            "production code",
            it -> it.getSource().orElseThrow().getUri().getPath().contains("/target/classes/")));

    /**
     * Each owns its tables. Its public API is at the top of its package; {@code http} and {@code cli} are its edges.
     */
    private static final List<String> FEATURES = List.of(
            "accounts",
            "admin",
            "audit",
            "backup",
            "cart",
            "catalog",
            "demo",
            "event",
            "favorites",
            "groupcommit",
            "idempotency",
            "inventory",
            "limits",
            "mail",
            "order",
            "payment",
            "payment.provider",
            "picture",
            "purchase",
            "reconciliation",
            "reservation",
            "reservation.history",
            "shopfront",
            "transfer");
    /** The packages that features build on; none of them knows a feature. */
    private static final List<String> FOUNDATIONS = List.of(
            "settings",
            "logs",
            "http",
            "live",
            "pages",
            "database",
            "database.embedded",
            "database.takeover",
            "database.migration");

    private static final List<String> HTTP_EDGES = List.of(
            "http.server",
            "pages.http",
            "admin.http",
            "accounts.http",
            "cart.http",
            "catalog.http",
            "mail.post",
            "oldfront.http",
            "order.http",
            "purchase.http",
            "reservation.http",
            "shopfront.http");
    private static final List<String> COMMANDS = List.of(
            "command",
            "accounts.cli",
            "backup.cli",
            "database.migration.cli",
            "demo.cli",
            "inventory.cli",
            "reconciliation.cli",
            "reservation.cli",
            "shell",
            "shell.cli",
            "transfer.cli");
    /** The package of the wiring. */
    private static final String WIRING = "wiring";
    /** Gives the parts to the edge, so it uses the framework. */
    private static final String PARTS = "wiring.Parts";
    /** The packages that count units and money. */
    private static final List<String> COUNTING =
            List.of("cart", "catalog", "inventory", "order", "reconciliation", "reservation", "reservation.history");

    private static final String[] FRAMEWORKS = {
        "jakarta..",
        "io.quarkus..",
        "io.vertx..",
        "io.smallrye..",
        "io.netty..",
        "org.eclipse.microprofile..",
        "org.jboss.resteasy.."
    };

    /** The classes that execute SQL besides the {@code *Sql} classes. */
    private static final Set<String> SQL_ELSEWHERE = Set.of(
            // The one statement that reads the clock.
            "database.DatabaseClock",
            // The first statement of every connection.
            "database.SessionSettings",
            // Sends the statements of Sql classes.
            "database.Script",
            // LISTEN and NOTIFY on a connection of its own.
            "accounts.PostgresRevocationFeed",
            // LISTEN on a connection of its own.
            "live.PostgresStockNews");

    /** The classes of features that read the machine's clock. */
    private static final Set<String> READS_THE_MACHINES_CLOCK = Set.of(
            // A token's expiry is checked without asking the database; this class passes it the InstantSource.
            "accounts.Accounts");

    /** The packages that may wait by the machine's clock: for other processes, which send no notification. */
    private static final List<String> WAITS_FOR_PROCESSES = List.of("database.embedded", "launcher");

    @Test
    void every_package_is_placed_and_every_placed_package_has_classes() {
        Set<String> placed = new TreeSet<>(Set.of("", WIRING, "launcher"));
        Stream.of(FEATURES, FOUNDATIONS, HTTP_EDGES, COMMANDS).forEach(placed::addAll);
        Set<String> found = new TreeSet<>();
        PRODUCTION.stream()
                .filter(it -> !it.getSimpleName().equals("package-info"))
                .forEach(it -> found.add(packageOf(it)));
        assertEquals(placed, found);
        assertTrue(placed.containsAll(COUNTING) && placed.containsAll(WAITS_FOR_PROCESSES));
    }

    @Test
    void every_exception_is_there_and_is_still_one() {
        SQL_ELSEWHERE.forEach(name ->
                assertTrue(production(name).getAccessesFromSelf().stream().anyMatch(EXECUTES_SQL), name));
        READS_THE_MACHINES_CLOCK.forEach(name ->
                assertTrue(production(name).getAccessesFromSelf().stream().anyMatch(READS_CLOCK), name));
        WAITS_FOR_PROCESSES.forEach(name -> assertTrue(
                PRODUCTION.stream()
                        .filter(it -> packageOf(it).equals(name))
                        .anyMatch(it -> it.getAccessesFromSelf().stream().anyMatch(SLEEPS)),
                name));
    }

    @Test
    void only_the_edge_and_main_know_a_web_framework() {
        // com.electroisla.http is no edge: it has the API's answers, free of any framework.
        noClasses()
                .that(not(in(HTTP_EDGES)).and(not(named("Main", PARTS))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(FRAMEWORKS))
                .check(PRODUCTION);
        for (String edge : HTTP_EDGES) {
            assertTrue(
                    PRODUCTION.stream()
                            .filter(in(List.of(edge)))
                            .flatMap(it -> it.getDirectDependenciesFromSelf().stream())
                            .anyMatch(it -> resideInAnyPackage(FRAMEWORKS).test(it.getTargetClass())),
                    () -> edge + " uses no framework: it is no edge");
        }
    }

    @Test
    void only_the_edges_answer_callers_and_speak_their_language() {
        // http has those answers, and pages and mails are made of texts; all other packages have outcomes.
        noClasses()
                .that(not(in(HTTP_EDGES)).and(not(in(COMMANDS))).and(not(in(List.of("http", "pages", "mail")))))
                .should()
                .dependOnClassesThat(named("http.Answer", "http.Language", "http.Json"))
                .check(PRODUCTION);
    }

    @Test
    void only_the_commands_know_picocli() {
        noClasses()
                .that(not(in(COMMANDS)))
                .should()
                .dependOnClassesThat(resideInAPackage("picocli.."))
                .check(PRODUCTION);
    }

    @Test
    void only_sql_classes_execute_sql() {
        noClasses()
                .that(not(simpleNameEndingWith("Sql")).and(not(named(SQL_ELSEWHERE))))
                .should()
                .accessTargetWhere(EXECUTES_SQL)
                .check(PRODUCTION);
    }

    @Test
    void an_sql_class_is_final_has_no_instances_and_asks_for_the_time_nowhere() throws IOException {
        classes()
                .that(simpleNameEndingWith("Sql"))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(PRODUCTION);
        constructors()
                .that()
                .areDeclaredInClassesThat(simpleNameEndingWith("Sql"))
                .should()
                .bePrivate()
                .check(PRODUCTION);
        // now() stands still since the transaction began; the moment is a parameter, read after the locks.
        Pattern ownTime =
                Pattern.compile("(?<![.\\w])now\\(\\)|current_timestamp|clock_timestamp", Pattern.CASE_INSENSITIVE);
        // A migration's record of itself decides nothing.
        for (Path source :
                sources(it -> it.getFileName().toString().endsWith("Sql.java") && !it.endsWith("MigrationSql.java"))) {
            assertFalse(ownTime.matcher(Files.readString(source)).find(), source::toString);
        }
    }

    @Test
    void packages_form_no_cycle() {
        slices().assignedFrom(assignment("packages", it -> packageOf(it).isEmpty() ? "start" : packageOf(it)))
                .should()
                .beFreeOfCycles()
                .check(PRODUCTION);
    }

    @Test
    void features_form_no_cycle_their_edges_included() {
        slices().assignedFrom(assignment("features", ArchitectureTest::featureOf))
                .should()
                .beFreeOfCycles()
                .check(PRODUCTION);
    }

    @Test
    void the_diagram_shows_the_arrows_between_features_and_no_others() throws IOException {
        Set<String> drawn = new TreeSet<>();
        Pattern.compile("(?m)^\\s*(\\w+) --> (\\w+)\\s*$")
                .matcher(Files.readString(Path.of("docs/concepts/architecture.md")))
                .results()
                .filter(arrow -> FEATURES.contains(arrow.group(1)) && FEATURES.contains(arrow.group(2)))
                .forEach(arrow -> drawn.add(arrow.group(1) + " --> " + arrow.group(2)));
        Set<String> real = new TreeSet<>();
        PRODUCTION.stream()
                .filter(in(FEATURES))
                .flatMap(it -> it.getDirectDependenciesFromSelf().stream())
                .forEach(it -> {
                    String from = featureOf(it.getOriginClass());
                    String to = featureOf(it.getTargetClass());
                    if (FEATURES.contains(to) && !from.equals(to)) {
                        real.add(from + " --> " + to);
                    }
                });
        assertEquals(real, drawn, "docs/concepts/architecture.md");
    }

    @Test
    void an_edge_asks_for_parts_and_knows_no_shop() {
        noClasses()
                .that(in(HTTP_EDGES))
                .should()
                .dependOnClassesThat(named("wiring.Shop"))
                .check(PRODUCTION);
        // The rules for every request and connection read the settings of the running shop.
        noClasses()
                .that(in(HTTP_EDGES).and(not(in(List.of("http.server")))))
                .should()
                .dependOnClassesThat(named("wiring.RunningServer"))
                .check(PRODUCTION);
    }

    @Test
    void a_command_is_given_its_parts_and_named_like_the_others() {
        // The console offers the whole shop; serving opens it.
        noClasses()
                .that(in(COMMANDS).and(not(in(List.of("command", "shell", "shell.cli")))))
                .should()
                .dependOnClassesThat(named("wiring.Shop"))
                .check(PRODUCTION);
        classes()
                .that()
                .implement(ROOT + ".command.ManageCommand")
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveSimpleNameEndingWith("Command")
                .check(ALL);
    }

    @Test
    void an_edge_builds_no_part_itself() {
        List<JavaClass> parts = production(PARTS).getMethods().stream()
                .filter(it -> it.isAnnotatedWith(Produces.class))
                .map(JavaMethod::getRawReturnType)
                .toList();
        assertFalse(parts.isEmpty());
        noClasses()
                .that(in(HTTP_EDGES))
                .should()
                .callConstructorWhere(describe(
                        "the constructor of a feature takes a part",
                        call -> isOurs(call.getTargetOwner())
                                && !HTTP_EDGES.contains(packageOf(call.getTargetOwner()))
                                && call.getTarget().getRawParameterTypes().stream()
                                        .anyMatch(it -> isOurs(it)
                                                && parts.stream().anyMatch(part -> part.isAssignableTo(it.getName())))))
                .check(PRODUCTION);
    }

    /** A resource of another scope would keep the shop of the first test that called it. */
    @Test
    void every_resource_lives_for_one_request() {
        classes()
                .that()
                .areAnnotatedWith(jakarta.ws.rs.Path.class)
                .should()
                .beAnnotatedWith(RequestScoped.class)
                .check(PRODUCTION);
    }

    @Test
    void features_know_neither_the_shop_nor_an_edge() {
        noClasses()
                .that(in(FEATURES))
                .should()
                .dependOnClassesThat(in(List.of("", WIRING)).or(in(HTTP_EDGES)).or(in(COMMANDS)))
                .check(PRODUCTION);
    }

    @Test
    void foundations_know_no_feature_and_no_edge() {
        noClasses()
                .that(in(FOUNDATIONS))
                .should()
                .dependOnClassesThat(in(List.of("", WIRING))
                        .or(in(FEATURES))
                        .or(in(HTTP_EDGES))
                        .or(in(COMMANDS)))
                .check(PRODUCTION);
    }

    @Test
    void the_launcher_stands_alone() {
        noClasses()
                .that(not(in(List.of("launcher"))))
                .should()
                .dependOnClassesThat(in(List.of("launcher")))
                .check(PRODUCTION);
        // The launcher runs from source before anything is built, so it has only the JDK and one enum, which has no
        // more than that either.
        classes()
                .that(in(List.of("launcher")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify.annotations")
                        .or(in(List.of("launcher")))
                        .or(named("demo.DemoUser")))
                .check(PRODUCTION);
        classes()
                .that(named("demo.DemoUser"))
                .should()
                .onlyDependOnClassesThat(resideInAPackage("java..").or(named("demo.DemoUser")))
                .check(PRODUCTION);
    }

    @Test
    void every_package_is_null_marked_and_tells_its_story() throws IOException {
        for (JavaClass each : PRODUCTION) {
            JavaPackage its = each.getPackage();
            assertTrue(its.isAnnotatedWith(NullMarked.class), its.getName());
        }
        for (Path story : sources(it -> it.endsWith("package-info.java"))) {
            String text = Files.readString(story);
            assertTrue(text.startsWith("/**\n * "), story::toString);
            assertTrue(text.contains("never"), () -> story + " does not say what must never happen there");
        }
    }

    @Test
    void no_class_is_named_after_a_bucket() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Dto|Service)")
                .check(ALL);
    }

    @Test
    void no_simple_name_stands_for_two_things() throws IOException {
        Map<String, List<Path>> places = new TreeMap<>();
        for (String root : List.of("src/main/java", "src/test/java", "src/bench/java")) {
            for (Path source :
                    sources(root, it -> it.toString().endsWith(".java") && !it.endsWith("package-info.java"))) {
                places.computeIfAbsent(source.getFileName().toString(), _ -> new ArrayList<>())
                        .add(source);
            }
        }
        places.values().removeIf(each -> each.size() == 1);
        assertEquals(Map.of(), places);
    }

    @Test
    void units_and_money_are_never_binary_fractions() {
        DescribedPredicate<JavaClass> fraction = describe(
                "double or float",
                it -> Set.of("double", "float", "java.lang.Double", "java.lang.Float")
                        .contains(it.getName()));
        classes().that(in(COUNTING)).should(notHold(fraction)).check(PRODUCTION);
    }

    @Test
    void nobody_sleeps() {
        noClasses()
                .that(not(in(WAITS_FOR_PROCESSES)))
                .should()
                .accessTargetWhere(SLEEPS)
                .check(ALL);
    }

    @Test
    void tests_wait_in_one_way_and_spin_nowhere() {
        noClasses()
                .that(not(resideInAPackage(ROOT + ".bench..")))
                .should()
                .callMethod(Thread.class, "onSpinWait")
                .check(ALL);
    }

    @Test
    void only_main_and_the_launcher_write_to_the_process_own_output() {
        // A command writes to its Context, so that a test can read its output.
        noClasses()
                .that(not(named("Main")).and(not(in(List.of("launcher")))))
                .should()
                .accessTargetWhere(describe(
                        "System.out or System.err",
                        it -> it.getTargetOwner().isEquivalentTo(System.class)
                                && Set.of("out", "err").contains(it.getTarget().getName())))
                .check(PRODUCTION);
    }

    @Test
    void nothing_is_injected_into_a_field() {
        noFields().should().beAnnotatedWith(Inject.class).check(ALL);
    }

    @Test
    void the_features_read_the_databases_clock_only() {
        noClasses()
                .that(in(FEATURES).and(not(named(READS_THE_MACHINES_CLOCK))))
                .should()
                .accessTargetWhere(READS_CLOCK)
                .check(PRODUCTION);
    }

    @Test
    void a_test_needs_no_database_and_an_it_does() {
        ArchCondition<JavaClass> needADatabase = ArchCondition.from(needing("database.TestPostgres"));
        noClasses()
                .that(HAVE_TESTS)
                .and()
                .haveSimpleNameEndingWith("Test")
                .should(needADatabase)
                .check(ALL);
        // The tests that start PostgreSQL, or whole processes, by other means are in these packages.
        classes()
                .that(HAVE_TESTS)
                .and()
                .haveSimpleNameEndingWith("IT")
                .and(not(resideInAnyPackage(
                        ROOT + ".database.embedded",
                        ROOT + ".command",
                        ROOT + ".logs",
                        ROOT + ".launcher",
                        ROOT + ".server",
                        ROOT + ".drill",
                        ROOT + ".bench..")))
                .and(not(simpleNameEndingWith("PostgresMajorProcessIT")))
                .should(needADatabase)
                .check(ALL);
        classes().that(HAVE_TESTS).should().haveNameMatching(".*(Test|IT)").check(ALL);
    }

    /** The classes that depend on this one, directly or through others; found once, from its end. */
    private static DescribedPredicate<JavaClass> needing(String name) {
        Set<JavaClass> found = new HashSet<>();
        Deque<JavaClass> ahead = new ArrayDeque<>(List.of(ALL.get(ROOT + "." + name)));
        while (!ahead.isEmpty()) {
            for (Dependency each : ahead.remove().getDirectDependenciesToSelf()) {
                if (found.add(each.getOriginClass())) {
                    ahead.add(each.getOriginClass());
                }
            }
        }
        return describe("need " + name, found::contains);
    }

    private static final DescribedPredicate<JavaAccess<?>> EXECUTES_SQL = describe("execute SQL", it -> {
        String name = it.getTarget().getName();
        JavaClass owner = it.getTargetOwner();
        return owner.isAssignableTo(Handle.class)
                        && name.matches("create(Query|Update|Call|Batch|Script)|prepareBatch|execute|select")
                || owner.isAssignableTo(Statement.class) && name.startsWith("execute")
                || owner.isAssignableTo(Connection.class) && name.matches("prepare(Statement|Call)|createStatement");
    });

    private static final DescribedPredicate<JavaAccess<?>> SLEEPS = describe(
            "sleep",
            it -> it.getTargetOwner().isEquivalentTo(Thread.class)
                            && it.getTarget().getName().equals("sleep")
                    || it.getTargetOwner().getName().equals("java.util.concurrent.TimeUnit")
                            && it.getTarget().getName().equals("sleep"));

    private static final DescribedPredicate<JavaAccess<?>> READS_CLOCK = describe("read the machine's clock", it -> {
        String owner = it.getTargetOwner().getName();
        String name = it.getTarget().getName();
        return owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system"))
                || owner.equals("java.lang.System") && name.equals("currentTimeMillis")
                || owner.equals("java.util.Date") && name.equals("<init>");
    });

    private static final DescribedPredicate<JavaClass> HAVE_TESTS = describe(
            "have tests",
            it -> it.getMethods().stream()
                    .anyMatch(method -> method.isMetaAnnotatedWith("org.junit.platform.commons.annotation.Testable")));

    /** A field, a parameter, a result or a called method of the type. */
    private static ArchCondition<JavaClass> notHold(DescribedPredicate<JavaClass> forbidden) {
        return new ArchCondition<>("hold no " + forbidden.getDescription()) {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                Stream<String> fields = owner.getFields().stream()
                        .filter(it -> forbidden.test(it.getRawType()))
                        .map(JavaField::getFullName);
                Stream<String> own = owner.getCodeUnits().stream()
                        .filter(it -> uses(it.getRawReturnType(), it.getRawParameterTypes()))
                        .map(JavaCodeUnit::getFullName);
                Stream<String> called = owner.getCodeUnitCallsFromSelf().stream()
                        .filter(it -> uses(
                                it.getTarget().getRawReturnType(),
                                it.getTarget().getRawParameterTypes()))
                        .map(JavaAccess::getDescription);
                Stream.of(fields, own, called)
                        .flatMap(it -> it)
                        .forEach(it -> events.add(SimpleConditionEvent.violated(owner, it)));
            }

            private boolean uses(JavaClass result, List<JavaClass> parameters) {
                return forbidden.test(result) || parameters.stream().anyMatch(forbidden);
            }
        };
    }

    /** In one of these packages, but not below them. */
    private static DescribedPredicate<JavaClass> in(List<String> packages) {
        return describe("in " + packages, it -> isOurs(it) && packages.contains(packageOf(it)));
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return named(Set.copyOf(Arrays.asList(names)));
    }

    /** One of these classes or nested in one; every name exists. */
    private static DescribedPredicate<JavaClass> named(Set<String> names) {
        names.forEach(ArchitectureTest::production);
        return describe(
                "named " + names, it -> isOurs(it) && names.contains(nameOf(it).replaceAll("\\$.*", "")));
    }

    private static JavaClass production(String name) {
        return PRODUCTION.get(ROOT + "." + name);
    }

    private static boolean isOurs(JavaClass any) {
        return any.getPackageName().equals(ROOT) || any.getPackageName().startsWith(ROOT + ".");
    }

    /** The package without {@code com.electroisla.}; empty for the root itself. */
    private static String packageOf(JavaClass ours) {
        return ours.getPackageName().equals(ROOT) ? "" : ours.getPackageName().substring(ROOT.length() + 1);
    }

    /** The class's name; of an array, its element's. */
    private static String nameOf(JavaClass ours) {
        return ours.getBaseComponentType().getName().substring(ROOT.length() + 1);
    }

    /** The first word of the class's package, if that is a feature; otherwise the empty text. */
    private static String featureOf(JavaClass any) {
        String first = isOurs(any) ? packageOf(any).replaceAll("\\..*", "") : "";
        return FEATURES.contains(first) ? first : "";
    }

    private static SliceAssignment assignment(String what, java.util.function.Function<JavaClass, String> slice) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass each) {
                String name = isOurs(each) ? slice.apply(each) : "";
                return name.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(name);
            }

            @Override
            public String getDescription() {
                return what;
            }
        };
    }

    private static List<Path> sources(Predicate<Path> which) throws IOException {
        return sources("src/main/java", which);
    }

    private static List<Path> sources(String root, Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            List<Path> found = files.filter(Files::isRegularFile).filter(which).toList();
            assertFalse(found.isEmpty());
            return found;
        }
    }
}
